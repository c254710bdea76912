import StreamModel

extension Refusal {
    /// Above it nothing is moved: a copy needs memory before the original gives any back.
    private static let fullShare = 0.9

    /// Why nothing may be done at a target, whatever the group: the first rule that holds decides.
    static func ofTarget(_ facts: GuardFacts) -> Refusal? {
        // First: somebody wants weir's hands off, and need not be told anything else.
        if let reason = facts.pause { return .paused(reason: reason) }

        // Before all that is read off the server: a replica's idle times are not those of its consumers, and it takes no
        // writes.
        if let role = facts.role, role != "master" { return .notPrimary(role: role) }

        // Before all that is concluded from samples. While the server was away nobody could acknowledge anything, and yet
        // what was pending has grown older: only what has passed since counts.
        if let steady = facts.steadyMilliseconds, steady < max(2 * facts.windowMilliseconds, facts.minIdleMilliseconds)
        {
            return .discontinuity
        }

        // Before the groups' trouble: with a full server moving entries is no help, whoever is in trouble.
        if let share = facts.memoryShare, share > fullShare {
            return .memory(percent: Int((min(share, 1_000) * 100).rounded(.down)))
        }

        // Last, as it is about all groups and not about one: what hits most of them at once is not a crashed consumer.
        let isTelling = facts.judgedGroups >= facts.storm.atLeast
        if isTelling, Double(facts.unhealthyGroups) >= facts.storm.share * Double(facts.judgedGroups) {
            return .storm(unhealthy: facts.unhealthyGroups, of: facts.judgedGroups)
        }
        return nil
    }

    /// Why nothing may be done for a group whose condition has held for long enough: the first rule that holds decides.
    static func ofGroup(_ facts: GuardFacts) -> Refusal? {
        // First: without the consumers the other rules have nothing to go by.
        guard facts.areConsumersKnown else { return .consumersUnknown }

        // Before what depends on the action: whatever is done, it would hit entries that are still worked on.
        if let p99 = facts.p99HoldMilliseconds, p99 > facts.minIdleMilliseconds {
            return .holdTime(p99Milliseconds: p99)
        }
        return facts.claimant.flatMap { ofClaimant($0, minIdleMilliseconds: facts.minIdleMilliseconds) }
    }

    private static func ofClaimant(_ claimant: GuardFacts.Claimant, minIdleMilliseconds: Int64) -> Refusal? {
        // First, since it is a matter of the configuration: no look at the server changes it.
        guard claimant.rereadsOwnPEL else { return .notDeclared(consumer: claimant.name) }

        // Before its life, which nobody has that is not there.
        guard let standing = claimant.standing else { return .noSuchConsumer(claimant.name) }

        guard standing.idleMilliseconds < claimant.freshnessMilliseconds else {
            return .notAlive(consumer: claimant.name, idleMilliseconds: standing.idleMilliseconds)
        }

        // After its life: it is there, and yet does not do what it is declared to do. A claim would reset the idle times
        // that show it.
        if let held = standing.longestHeldMilliseconds, held >= minIdleMilliseconds {
            return .overdueItself(consumer: claimant.name)
        }

        // Last, as it is about somebody else. XAUTOCLAIM takes what is idle for long enough, whoever holds it.
        return claimant.robbed.map { .wouldRob(consumer: $0) }
    }
}
