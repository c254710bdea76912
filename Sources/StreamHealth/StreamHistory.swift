import StreamModel

/// What the stream's counters were at earlier polls: it tells about when, and as which, an entry was added.
struct StreamHistory: Equatable, Sendable {
    private struct Mark: Equatable, Sendable {
        var generated: StreamID
        var added: Int64
        var removed: Int64
    }

    /// Enough to reach back some minutes at the default interval; old marks are thinned out, not dropped.
    private static let capacity = 48

    /// By ID, ascending.
    private var marks: [Mark] = []

    mutating func record(_ stream: StreamObservation) {
        guard let counters = stream.currentCounters, let added = counters.entriesAdded else { return }
        let mark = Mark(generated: counters.lastGeneratedID, added: added, removed: added - stream.length)
        if let last = marks.last, mark.generated < last.generated || mark.added < last.added {
            marks = []
        }
        if marks.last?.generated == mark.generated { marks.removeLast() }
        marks.append(mark)
        guard marks.count > Self.capacity else { return }
        // Every second one of the older half: what is long ago is known less finely.
        let older = marks.prefix(Self.capacity / 2).enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        marks = older + marks.dropFirst(Self.capacity / 2)
    }

    /// Between which numbers the lag must lie, as far as the marks around D tell.
    func bounds(at position: Position) -> ClosedRange<Int64>? {
        guard let added = position.added else { return nil }
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
