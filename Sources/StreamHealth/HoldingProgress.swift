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
    /// Those of the `exposed` that have lost entries between the last two looks.
    private(set) var relieved: Set<Name> = []

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

    /// Takes the next look at the consumers; `delivered` is the group's last delivered ID, and what the `exposed` have
    /// lost they have not got done.
    mutating func ingest(
        _ consumers: [ConsumerObservation], held: NameTable<HeldEntries>, delivered: StreamID, at now: Timestamp,
        exposed: Set<Name> = []
    ) {
        let elapsed = lastTime.map { now.milliseconds(since: $0) } ?? 0
        let claims = claims(of: consumers, held: held, elapsed: elapsed)
        possibleClaims = claims.entries
        relieved = []
        var present: NameTable<Holding> = [:]
        for consumer in consumers {
            guard consumer.pending > 0 else {
                if exposed.contains(consumer.name) { relieved.insert(consumer.name) }
                continue
            }
            let lowestID = held[consumer.name]?.lowest?.id
            var holding =
                holdings[consumer.name]
                ?? Holding(pending: consumer.pending, lowestID: lowestID, since: now)
            if hasProgressed(consumer, holding, now: lowestID, claims, elapsed: elapsed) {
                if exposed.contains(consumer.name) {
                    relieved.insert(consumer.name)
                } else {
                    holding.progressedAt = now
                }
            }
            holding.pending = consumer.pending
            holding.lowestID = lowestID ?? holding.lowestID
            present[consumer.name] = holding
        }
        holdings = present
        lastTime = now
        lastDelivered = delivered
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
        _ consumer: ConsumerObservation, _ holding: Holding, now lowestID: StreamID?, _ claims: Claims, elapsed: Int64
    ) -> Bool {
        if let before = holding.lowestID, let lowestID, lowestID > before {
            // One who takes entries over, and works them off as fast, holds no more than before, but holds one of them.
            let isTaken = claims.received.contains { claim in
                claim.consumer != consumer.name && claim.id >= before && claim.id < lowestID
            }
            if isTaken { return false }
            // What is gone is acknowledged where nobody has any of it who may have claimed it.
            let isSuspect = claims.lowest.contains { $0.consumer != consumer.name && $0.id < lowestID }
            if !isSuspect { return true }
        }
        // The count of a consumer that reads goes up and down with what it reads and acknowledges, whatever else it has
        // forgotten: with one that was seen, only the head of what it holds tells.
        let wasSeen = consumer.idleMilliseconds < elapsed
        return !wasSeen && holding.pending - consumer.pending > claims.entries
    }
}
