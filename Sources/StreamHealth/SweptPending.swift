import StreamModel

/// What the rolling sweep has shown of a group's pending entries.
///
/// While a sweep is under way each figure is the worse of the last full sweep's and its own. Once it has ended its own
/// stand alone: what was acknowledged since keeps no figure alive for longer than that.
struct SweptPending: Equatable, Sendable {
    /// So many are gone through quicker than a set of them is made.
    private static let fewConsumers = 8

    private var lastFull: PendingFigures?
    /// None or one: most lists are swept within a poll, and would keep room for it.
    private var partial: [PendingFigures] = []
    private(set) var clock: PendingClock

    init(clock: PendingClock = PendingClock()) {
        self.clock = clock
    }

    private var underWay: PendingFigures? {
        get { partial.first }
        set { partial = newValue.map { [$0] } ?? [] }
    }

    mutating func ingest(
        _ group: GroupObservation, in stream: StreamObservation, at now: Timestamp, poisonDeliveries: Int64
    ) {
        // Nothing is pending, or the rows are refused: old figures would lie.
        if group.pending == 0 || group.pendingPage == nil && group.error != nil {
            self = SweptPending()
            return
        }
        if let page = group.pendingPage {
            var present = page.startsSweep ? PendingFigures() : underWay
            underWay = nil
            if page.startsSweep { clock.see(page.rows.prefix(PendingClock.reach), at: now) }
            // A sweep whose beginning was not seen is none.
            present?.add(page.rows, in: stream, poisonDeliveries: poisonDeliveries)
            if page.endsSweep, let ended = present {
                lastFull = ended
            } else {
                underWay = present
            }
        }
        guard let consumers = group.consumers else { return }
        // All who hold entries now, which is nearly always so.
        if consumers.count <= Self.fewConsumers {
            let isHolder = { (name: Name) in consumers.contains { $0.pending > 0 && $0.name == name } }
            if lastFull?.isHeld(only: isHolder) ?? true, underWay?.isHeld(only: isHolder) ?? true { return }
        }
        let holders = Set(consumers.lazy.filter { $0.pending > 0 }.map(\.name))
        lastFull?.keepHoldings(of: holders)
        underWay?.keepHoldings(of: holders)
    }

    /// Takes a look that shows the list as the last one did, and all of it so much older; false where that one has not shown
    /// all of it.
    mutating func age(by milliseconds: Int64) -> Bool {
        guard partial.isEmpty, lastFull != nil else { return false }
        lastFull?.age(by: milliseconds)
        return true
    }

    /// Nil where no row was looked at.
    var figures: PendingFigures? {
        guard let lastFull, let underWay else { return lastFull ?? underWay }
        return lastFull.worse(underWay)
    }

    /// What the consumer holds of the entries looked at; nil: nothing.
    func holding(of consumer: Name) -> HeldEntries? {
        let (before, now) = (lastFull?.holdings[consumer], underWay?.holdings[consumer])
        guard let before, let now else { return before ?? now }
        return before.worse(now)
    }

    /// What each consumer holds of the entries looked at.
    var holdings: NameTable<HeldEntries> {
        guard let lastFull else { return underWay?.holdings ?? [:] }
        return underWay.map { lastFull.holdings.merging($0.holdings) { $0.worse($1) } } ?? lastFull.holdings
    }

    /// The part of `entries` that the figures rest on: 1 where a sweep has just ended.
    ///
    /// While the next one is under way it is as many rows as either has seen, of those pending now: a list that has
    /// grown since is not covered by a full sweep of what it was.
    func coverageRatio(of entries: Int64) -> Double {
        if entries == 0 { return 1 }
        if lastFull != nil, underWay == nil { return 1 }
        return min(1, Double(max(lastFull?.rows ?? 0, underWay?.rows ?? 0)) / Double(entries))
    }

    /// The lowest ID that was pending when the sweep last began.
    var lowestID: StreamID? { clock.lowestID }

    func oldestAgeSeconds(at now: Timestamp) -> Double? {
        clock.oldestAgeSeconds(at: now)
    }
}
