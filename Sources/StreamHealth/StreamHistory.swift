import StreamModel

/// What the stream's counters were at earlier polls: it tells about when, and as which, an entry was added.
struct StreamHistory: Equatable, Sendable {
    private struct Mark: Equatable, Sendable {
        var generated: StreamID
        /// Entries ever added, up to and with that ID.
        var added: Int64
        var removed: Int64

        /// Just before the first entry that there is.
        static func before(_ first: StreamID, added: Int64) -> Mark {
            let milliseconds = first.milliseconds == 0 ? 0 : first.milliseconds - 1
            return Mark(generated: StreamID(milliseconds: milliseconds, sequence: .max), added: added, removed: added)
        }
    }

    /// Enough to reach back some minutes at the default interval; old marks are thinned out, not dropped.
    private static let capacity = 32

    /// By ID, ascending.
    private var marks: [Mark] = []
    /// Before Redis 7.0 no server counts what is added: weir then does, as far as its looks allow.
    private var isCountedByServer = true
    /// Entries ever added, as of the last look; nil: not known then.
    ///
    /// Where weir counts for itself, those from before it came are left out.
    private(set) var added: Int64?
    /// Whether weir's own count began with the last look: ranks from before are of another.
    private(set) var hasBegunCounting = false

    init() {}

    mutating func record(_ stream: StreamObservation) {
        guard let counters = stream.currentCounters else {
            added = addedByGroups(stream)
            return
        }
        isCountedByServer = counters.entriesAdded != nil
        hasBegunCounting = marks.isEmpty && !isCountedByServer
        guard let count = counters.entriesAdded ?? ownCount(of: stream, counters) else {
            (marks, added) = ([], nil)
            return
        }
        added = count
        if marks.isEmpty, let first = counters.firstEntryID { record(.before(first, added: count - stream.length)) }
        record(Mark(generated: counters.lastGeneratedID, added: count, removed: count - stream.length))
    }

    private mutating func record(_ mark: Mark) {
        if let last = marks.last, mark.generated < last.generated || mark.added < last.added { marks = [] }
        if marks.last?.generated == mark.generated { marks.removeLast() }
        // An array that doubles by itself would be half empty in the end: one more than stay is enough.
        if marks.count == marks.capacity { marks.reserveCapacity(min(Self.capacity + 1, 2 * marks.count + 1)) }
        marks.append(mark)
        guard marks.count > Self.capacity else { return }
        // Every second one of the older half: what is long ago is known less finely.
        let older = marks.prefix(Self.capacity / 2).enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        marks = older + marks.dropFirst(Self.capacity / 2)
    }

    /// What the groups tell where the counters were not asked for: the server makes their lag of A and R.
    private func addedByGroups(_ stream: StreamObservation) -> Int64? {
        let sums = stream.groups.compactMap { group in
            group.reportedLag.flatMap { lag in group.entriesRead.map { $0 + lag } }
        }
        return sums.max().map { max($0, added ?? 0) }
    }

    /// The entries that are there, and those that were before the first of them.
    ///
    /// Nil where none is left of those that the last look saw: how many came and went in between is not known.
    private func ownCount(of stream: StreamObservation, _ counters: StreamCounters) -> Int64? {
        guard let last = marks.last else { return stream.length }
        if counters.lastGeneratedID <= last.generated { return last.added }
        guard let first = counters.firstEntryID, first <= last.generated else { return nil }
        guard let before = marks.last(where: { $0.generated < first }),
            let beyond = marks.first(where: { $0.generated >= first })
        else { return nil }
        return max(last.added + 1, stream.length + Self.count(at: first, between: before, and: beyond))
    }

    /// How many entries of the stream lie before an ID, by the marks around it; nil where they do not tell.
    func entriesBefore(_ id: StreamID, in stream: StreamObservation) -> Int64? {
        guard let counters = stream.currentCounters, let newest = marks.last else { return nil }
        guard let first = counters.firstEntryID, id > first else { return 0 }
        let removed = newest.removed
        let beyond = marks.first { $0.generated >= id } ?? newest
        let before = marks.last { $0.generated < id && $0.generated > first } ?? .before(first, added: removed)
        let count = Self.count(at: id, between: before, and: beyond) - removed
        return min(max(0, count), stream.length)
    }

    /// The number of entries up to an ID, as if entries came evenly between two marks.
    private static func count(at id: StreamID, between before: Mark, and beyond: Mark) -> Int64 {
        let span = beyond.generated.place - before.generated.place
        guard span > 0 else { return before.added }
        let share = min(1, max(0, (id.place - before.generated.place) / span))
        return before.added + Int64((Double(beyond.added - before.added) * share).rounded())
    }

    /// Between which numbers the lag must lie, as far as the marks around D tell.
    func bounds(at position: Position) -> ClosedRange<Int64>? {
        guard isCountedByServer, let added = position.added else { return nil }
        let removed = added - position.length
        var lower: Int64 = 0
        var upper = position.length
        // What was added after a mark at or before D may be after D, and what was added until it is not.
        if let before = marks.last(where: { $0.generated <= position.delivered }) {
            upper = min(upper, added - before.added)
        }
        // What was added after a mark beyond D is after D, less what was removed since.
        if let beyond = marks.first(where: { $0.generated >= position.delivered }) {
            lower = max(lower, added - beyond.added - (removed - beyond.removed))
        }
        return lower <= upper ? lower...upper : nil
    }
}

extension StreamID {
    /// On the line of time: the last of a millisecond lies where the next one begins.
    fileprivate var place: Double { Double(milliseconds) + Double(sequence) / 0x1p64 }
}
