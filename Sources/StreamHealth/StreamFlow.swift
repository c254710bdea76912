import StreamModel

/// What goes into a stream, and what trimming takes out of it at its head.
struct StreamFlow: Equatable, Sendable {
    private struct Totals: Equatable, Sendable {
        @Compact var added: Int64?
        var trimmed: Int64
    }

    private struct Head: Equatable, Sendable {
        var removed: Int64
        var first: StreamID?
        var deleted: StreamID?
    }

    private var window = RollingWindow<Totals>()
    private var trimmed: Int64 = 0
    private var head: Head?

    init() {}

    /// `added`: entries ever added; nil where this look does not tell.
    mutating func record(_ stream: StreamObservation, added: Int64?, at now: Timestamp, windowMilliseconds: Int64) {
        if let counters = stream.currentCounters, let added {
            let head = Head(
                removed: added - stream.length, first: counters.firstEntryID, deleted: counters.maxDeletedEntryID)
            if let before = self.head { trimmed += Self.trimmed(from: before, to: head) }
            self.head = head
        }
        window.record(
            Totals(added: added, trimmed: trimmed), at: now, windowMilliseconds: windowMilliseconds)
    }

    /// What was cannot be compared with what comes.
    mutating func restart() {
        window = RollingWindow()
        head = nil
    }

    func producedPerSecond(windowMilliseconds: Int64) -> Double? {
        window.growthPerSecond(of: \.added, windowMilliseconds: windowMilliseconds)
    }

    /// Nil also before Redis 7.0, which does not tell trims from deletions.
    func trimmedPerSecond(windowMilliseconds: Int64) -> Double? {
        guard head?.deleted != nil else { return nil }
        return window.growthPerSecond(of: \.trimmed, windowMilliseconds: windowMilliseconds)
    }

    /// A trim moves the first entry and leaves T as it is.
    ///
    /// Where T has moved, somebody deletes what has been processed,
    /// and nobody's entries are in danger.
    private static func trimmed(from before: Head, to after: Head) -> Int64 {
        guard after.first != before.first, after.deleted == before.deleted else { return 0 }
        return max(0, after.removed - before.removed)
    }
}
