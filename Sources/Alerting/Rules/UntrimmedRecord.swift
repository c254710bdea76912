import StreamModel

/// A large stream since its present first entry came to be the first.
struct UntrimmedRecord: Equatable, Codable, Sendable {
    var firstID: StreamID
    /// As it was then.
    let lengthAtFirst: Int64
    private var length: Int64
    /// When it was last seen to have grown; nil: not since.
    private var grewAt: Timestamp?

    /// A stream that has not grown for so long does not grow.
    private static let memoryMilliseconds: Int64 = 3_600_000

    init(firstID: StreamID, length: Int64) {
        self.firstID = firstID
        lengthAtFirst = length
        self.length = length
    }

    mutating func ingest(length: Int64, at now: Timestamp) {
        if length > self.length { grewAt = now }
        self.length = length
    }

    func isGrowing(at now: Timestamp) -> Bool {
        guard let grewAt, length > lengthAtFirst else { return false }
        return now.milliseconds(since: grewAt) < Self.memoryMilliseconds
    }
}
