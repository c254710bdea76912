import StreamModel

/// Since when each consumer of a group holds entries, and when it last got some of them done.
///
/// XACK leaves no trace in a consumer's idle time: only that what it holds becomes less shows that it works. What others
/// claim from it becomes less too, and is told apart as far as the looks allow.
struct HoldingProgress: Equatable, Sendable {
    /// One consumer that holds entries.
    struct Holding: Equatable, Sendable {
        fileprivate var pending: Int64
        @Compact fileprivate var lowestID: StreamID?
        fileprivate(set) var since: Timestamp
        @Compact fileprivate(set) var progressedAt: Timestamp?

        fileprivate init(pending: Int64, lowestID: StreamID?, since: Timestamp) {
            self.pending = pending
            self.since = since
            self.lowestID = lowestID
        }
    }

    private var holdings: NameTable<Holding> = [:]
    @Compact private var lastTime: Timestamp?
    @Compact private var lastDelivered: StreamID?

    /// How many entries others may have claimed between the last two looks.
    private(set) var possibleClaims: Int64 = 0
    /// Those that have lost to remediation what they have lost between the last two looks.
    private(set) var relieved: Set<Name> = []
    /// Those whose head, as it was last seen, this weir has taken.
    private var headless: Set<Name> = []

    init() {}

    /// What is known of a consumer that holds entries; nil for one that does not.
    subscript(consumer: Name) -> Holding? { holdings[consumer] }

    /// The consumers that have lost to remediation what they lose between the last look and this one; `held` and `stuck`
    /// are what the last has shown.
    ///
    /// An entry that is moved is acknowledged, as if by its consumer, and a weir does not know what another one beside it
    /// moves. But remediation takes nothing that was held for less than `remediatedAfterMilliseconds`, and leaves alone
    /// whoever gets something done. One who has got nothing done for a window, and is not seen either, is not the one who
    /// acknowledges now; one who is stuck has forgotten what it holds, and goes on forgetting it. One who comes back is
    /// seen, and what it reads again is held anew: from then on what it loses counts as for anybody.
    func exposed(
        _ consumers: [ConsumerObservation], held: NameTable<HeldEntries>, stuck: Set<Name>, at now: Timestamp,
        thresholds: HealthThresholds
    ) -> Set<Name> {
        guard let least = thresholds.remediatedAfterMilliseconds, let lastTime else { return [] }
        let elapsed = now.milliseconds(since: lastTime)
        let window = thresholds.windowMilliseconds
        return Set(
            consumers.lazy.filter { consumer in
                guard let holding = holdings[consumer.name], let held = held[consumer.name] else { return false }
                // Whoever takes from a consumer begins with its first entry.
                let age = held.lowest?.idleMilliseconds ?? held.longestIdleMilliseconds
                let unproductive = lastTime.milliseconds(since: holding.progressedAt ?? holding.since)
                return age >= least - elapsed && unproductive >= window
                    && (consumer.idleMilliseconds >= elapsed + window || stuck.contains(consumer.name))
            }.map(\.name))
    }

    /// This weir has taken these entries from whoever held them.
    mutating func note(taken entries: [TakenEntry]) {
        let ids = Set(entries.lazy.map(\.id))
        for holding in holdings {
            if let head = holding.value.lowestID, ids.contains(head) { headless.insert(holding.key) }
        }
    }

    /// Takes the next look at the consumers; `delivered` is the group's last delivered ID, and what the `exposed` have
    /// lost they have not got done.
    ///
    /// `page`: the look's part of the sweep. `taken`: what this weir has taken since the last look, and noted.
    mutating func ingest(
        _ consumers: [ConsumerObservation], held: NameTable<HeldEntries>, delivered: StreamID, at now: Timestamp,
        exposed: Set<Name> = [], page: PendingPage? = nil, taken: TakenEntries = TakenEntries()
    ) {
        let elapsed = lastTime.map { now.milliseconds(since: $0) } ?? 0
        let claims = claims(of: consumers, held: held, elapsed: elapsed)
        possibleClaims = claims.entries
        relieved = []
        var present: NameTable<Holding> = [:]
        var headless: Set<Name> = []
        for consumer in consumers {
            let takenCount = taken.count(from: consumer.name)
            guard consumer.pending > 0 else {
                let wasRelieved = takenCount > 0 && consumer.idleMilliseconds > elapsed
                if wasRelieved || exposed.contains(consumer.name) { relieved.insert(consumer.name) }
                continue
            }
            let lowestID = held[consumer.name]?.lowest?.id
            var holding =
                holdings[consumer.name]
                ?? Holding(pending: consumer.pending, lowestID: lowestID, since: now)
            let change = Change(
                lowestID: lowestID, elapsed: elapsed, taken: takenCount,
                isHeadTaken: self.headless.contains(consumer.name),
                head: holding.lowestID.flatMap { page?.presence(of: $0) } ?? .notCovered)
            if hasProgressed(consumer, holding, change, claims) {
                if exposed.contains(consumer.name) {
                    relieved.insert(consumer.name)
                } else {
                    holding.progressedAt = now
                }
            }
            // A sweep of several pages shows the old head until it comes to the new one.
            if change.isHeadTaken, change.head != .pending(consumer.name),
                lowestID == nil || lowestID == holding.lowestID
            {
                headless.insert(consumer.name)
            }
            holding.pending = consumer.pending
            holding.lowestID = lowestID ?? holding.lowestID
            present[consumer.name] = holding
        }
        holdings = present
        self.headless = headless
        lastTime = now
        lastDelivered = delivered
    }

    /// Takes a look that shows all that is held as the last one did; false where that one tells too little.
    mutating func pass(at now: Timestamp) -> Bool {
        guard lastTime != nil, headless.isEmpty else { return false }
        lastTime = now
        possibleClaims = 0
        if !relieved.isEmpty { relieved = [] }
        return true
    }

    /// What consumers may have, or have, claimed since the last look.
    private struct Claims {
        /// How many entries more those hold that may have claimed them.
        var entries: Int64 = 0
        /// The lowest ID of each of those, the lowest two of them: one may be the consumer's own.
        var lowest: [(consumer: Name, id: StreamID)] = []
        /// Entries that were pending before, and have been handed out again.
        var received: [(consumer: Name, id: StreamID)] = []
    }

    /// What one consumer's holding has been through since the last look.
    private struct Change {
        /// By now.
        var lowestID: StreamID?
        var elapsed: Int64
        /// How many entries this weir has taken from it, at most.
        var taken: Int64
        var isHeadTaken: Bool
        /// What became of the entry that was its head.
        var head: PendingPage.Presence
    }

    private func claims(
        of consumers: [ConsumerObservation], held: NameTable<HeldEntries>, elapsed: Int64
    ) -> Claims {
        var claims = Claims()
        guard let lastDelivered else { return claims }
        for consumer in consumers {
            let lowest = held[consumer.name]?.lowest
            // What `>` hands out is above the last delivered ID, what is claimed was pending before.
            if let lowest, lowest.id > lastDelivered { continue }
            if let lowest, lowest.idleMilliseconds <= elapsed { claims.received.append((consumer.name, lowest.id)) }
            let gain = consumer.pending - (holdings[consumer.name]?.pending ?? 0)
            guard gain > 0 else { continue }
            claims.entries &+= gain
            if let lowest { claims.lowest.append((consumer.name, lowest.id)) }
        }
        claims.lowest = Array(claims.lowest.sorted { $0.id < $1.id }.prefix(2))
        return claims
    }

    private func hasProgressed(
        _ consumer: ConsumerObservation, _ holding: Holding, _ change: Change, _ claims: Claims
    ) -> Bool {
        let wasSeen = consumer.idleMilliseconds < change.elapsed
        let lost = holding.pending - consumer.pending
        if !change.isHeadTaken, let before = holding.lowestID, let lowestID = change.lowestID, lowestID != before {
            if lowestID < before {
                // It has claimed from others, and got done what it had.
                if change.head == .gone { return true }
            } else if change.head == .gone, !wasSeen, lost == 1 {
                // What others have claimed meanwhile was not its own.
                return true
            } else if let isDone = isHeadDone(consumer, before: before, now: lowestID, change.head, claims) {
                return isDone
            }
        }
        // The count of a consumer that reads goes up and down with what it reads and acknowledges, whatever else it has
        // forgotten: with one that was seen, only the head of what it holds tells.
        return !wasSeen && lost > claims.entries + change.taken
    }

    /// Whether the consumer got done what was its head, where that is another now; nil: that does not show.
    private func isHeadDone(
        _ consumer: ConsumerObservation, before: StreamID, now lowestID: StreamID, _ head: PendingPage.Presence,
        _ claims: Claims
    ) -> Bool? {
        // Somebody else holds it.
        if case .pending(.some) = head { return false }
        // One who takes entries over, and works them off as fast, holds no more than before, but holds one of them.
        let isTaken = claims.received.contains { claim in
            claim.consumer != consumer.name && claim.id >= before && claim.id < lowestID
        }
        if isTaken { return false }
        if head == .gone { return true }
        // What is gone is acknowledged where nobody has any of it who may have claimed it.
        let isSuspect = claims.lowest.contains { $0.consumer != consumer.name && $0.id < lowestID }
        return isSuspect ? nil : true
    }
}
