import StreamModel

/// A large stream, as it was when its present first entry came to be the first.
struct UntrimmedRecord: Equatable, Codable, Sendable {
    var firstID: StreamID
    var length: Int64
}
