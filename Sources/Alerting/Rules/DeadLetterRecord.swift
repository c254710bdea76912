import StreamModel

/// How a stream of what was given up on has grown.
struct DeadLetterRecord: Equatable, Codable, Sendable {
    /// It has grown, and has not stood still for a whole window since.
    struct Growth: Equatable, Codable, Sendable {
        var since: Timestamp
        var last: Timestamp
        /// Nil: not known.
        var entries: Int64?
    }

    private(set) var growth: Growth?
    /// Entries ever added; where the counters are of an earlier look, with what the length has risen by since.
    ///
    /// Nil: the server does not count them.
    private var added: Int64?
    private var lastID: StreamID?
    private var length: Int64?

    /// At first sight.
    ///
    /// A stream is made by the first entry that is given up on: one that turns up, and was added to within `newSeconds`,
    /// has grown. Nil: it was there before weir was.
    init(_ figures: StreamSnapshot.Figures, newSeconds: Double?, at now: Timestamp) {
        remember(figures)
        guard let newSeconds, let age = figures.lastAddedAgeSeconds, age < newSeconds else { return }
        let areAllNew = figures.firstEntryAgeSeconds.map { $0 < newSeconds } ?? false
        growth = Growth(since: now, last: now, entries: areAllNew ? figures.length : nil)
    }

    mutating func ingest(_ figures: StreamSnapshot.Figures, at now: Timestamp, windowMilliseconds: Int64) {
        if let last = growth?.last, now.milliseconds(since: last) >= windowMilliseconds { growth = nil }
        switch rise(to: figures) {
        case .none?: break
        case .entries(let count)?: grow(by: count, at: now)
        case nil: grow(by: nil, at: now)
        }
        remember(figures)
    }

    private enum Rise {
        case none
        case entries(Int64)
    }

    /// Nil: it has risen, and it is not known by how much.
    private func rise(to figures: StreamSnapshot.Figures) -> Rise? {
        guard let counters = figures.currentCounters else {
            let count = longer(figures)
            return count == 0 ? Rise.none : added == nil ? nil : .entries(count)
        }
        guard let lastID else { return Rise.none }
        guard let before = added, let added = counters.entriesAdded else {
            return counters.lastGeneratedID > lastID ? nil : Rise.none
        }
        if added > before { return .entries(added - before) }
        // Fewer: made anew since, unless the server has lost its last writes.
        return added < before && added > 0 && counters.lastGeneratedID > lastID ? .entries(added) : Rise.none
    }

    private func longer(_ figures: StreamSnapshot.Figures) -> Int64 {
        guard let length, let now = figures.length else { return 0 }
        return max(0, now - length)
    }

    private mutating func grow(by entries: Int64?, at now: Timestamp) {
        let before = growth.map(\.entries) ?? 0
        let sum: Int64? = if let before, let entries { before + entries } else { nil }
        growth = Growth(since: growth?.since ?? now, last: now, entries: sum)
    }

    private mutating func remember(_ figures: StreamSnapshot.Figures) {
        if let counters = figures.currentCounters {
            (added, lastID) = (counters.entriesAdded, counters.lastGeneratedID)
        } else {
            let count = longer(figures)
            added = added.map { $0 + count }
            // What the length has shown is not to be found again by the IDs.
            if count > 0, added == nil { lastID = nil }
        }
        length = figures.length ?? length
    }
}
