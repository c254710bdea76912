import StreamModel

/// What a stream has lost of all that had been added to it, where another run of its server shows it now.
///
/// Told by rank: so many entries had been added up to G, and of those that were added on this run, so many lie there. A
/// server that is at work again has been given others meanwhile, so that A and G may well be higher than before.
struct Rollback: Equatable, Sendable {
    /// Nil: before Redis 7.0 no server counts.
    var entries: Int64?
    /// Whether more may be lost.
    var isAtLeast = false
    /// Whether nothing is left of what had been added.
    var isTotal: Bool

    /// Nil where nothing is lost, or nothing is proven.
    init?(from before: StreamCounters, to counters: StreamCounters, in stream: StreamObservation) {
        let end = before.lastGeneratedID
        let isSetBack = counters.lastGeneratedID < end
        guard let added = counters.entriesAdded, let addedBefore = before.entriesAdded else {
            guard isSetBack else { return nil }
            isTotal = counters.lastGeneratedID == .zero
            return
        }
        let later = Self.later(than: end, counters, in: stream)
        let gone = min(addedBefore, max(0, addedBefore - (added - later.count)))
        guard gone > 0 || isSetBack else { return nil }
        entries = gone
        isTotal = gone == addedBefore
        isAtLeast = !later.isComplete && !isTotal
    }

    /// The ID after which entries have to be counted before it can be told what is lost; nil where that is known without.
    static func mark(from before: StreamCounters, to counters: StreamCounters) -> StreamID? {
        let end = before.lastGeneratedID
        guard before.entriesAdded != nil, counters.entriesAdded != nil, counters.lastGeneratedID > end,
            let first = counters.firstEntryID, first <= end
        else { return nil }
        return end
    }

    /// The entries that were added after `end`.
    private static func later(
        than end: StreamID, _ counters: StreamCounters, in stream: StreamObservation
    ) -> (count: Int64, isComplete: Bool) {
        if counters.lastGeneratedID <= end { return (0, true) }
        guard let first = counters.firstEntryID else { return (0, false) }
        // All that is there. What is not may have been added before or after.
        if first > end { return (stream.length, counters.entriesAdded == stream.length) }
        guard let later = stream.later, later.id == end else { return (0, false) }
        // Trimming has not come so far. A single deletion beyond would hide what it took.
        let isNoneDeleted = counters.maxDeletedEntryID.map { $0 <= end } ?? false
        return (later.count, later.isComplete && isNoneDeleted)
    }
}
