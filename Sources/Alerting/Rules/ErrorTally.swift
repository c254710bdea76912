import StreamModel

/// How often a server has answered with some kinds of errors, look by look.
struct ErrorTally: Equatable, Sendable {
    /// Counts that have grown, and have not stood still for long since.
    struct Growth: Equatable, Sendable {
        var since: Timestamp
        var last: Timestamp
        /// By how many each kind has grown.
        var counts: [String: Int64]
    }

    /// The errors' first words.
    private let kinds: [String]
    private var counts: [Int64]?
    private(set) var growth: Growth?

    init(of kinds: [String]) {
        self.kinds = kinds
    }

    /// Takes all counts of one look; those of another run of the server, and one that fell, are where counting begins.
    ///
    /// `quietMilliseconds`: growth is over when the counts have stood still for so long.
    mutating func ingest(
        _ errors: [String: Int64], isSameRun: Bool, at now: Timestamp, quietMilliseconds: Int64
    ) {
        let before = isSameRun ? counts : nil
        let present = kinds.map { errors[$0] ?? 0 }
        counts = present
        if let last = growth?.last, now.milliseconds(since: last) >= quietMilliseconds { growth = nil }
        guard let before else { return }
        for (kind, (old, new)) in zip(kinds, zip(before, present)) where new > old {
            growth = growth ?? Growth(since: now, last: now, counts: [:])
            growth?.last = now
            growth?.counts[kind, default: 0] += new - old
        }
    }
}
