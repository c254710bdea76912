import StreamModel

extension ConsumerStatus {
    /// The status that the facts come to, by the first rule that holds; nil where too little has been seen to tell.
    static func of(_ facts: ConsumerFacts, _ thresholds: HealthThresholds) -> ConsumerStatus? {
        let window = thresholds.windowMilliseconds
        guard facts.pending > 0 else {
            // Before `idle`, which would hold as well: it is gone, and needs no series. Never of one that holds entries,
            // however long it is gone: those need somebody.
            if facts.idleMilliseconds >= thresholds.abandonedAfterMilliseconds { return .abandoned }

            // A reader with NOACK never succeeds by the server's books, and before 7.2 `idle` is the time since the last
            // success: in both cases it gets entries if it was seen while the group did.
            let success = facts.inactiveMilliseconds ?? (facts.hasGroupMoved ? facts.idleMilliseconds : nil)
            if let success, success < window { return .active }

            // With nothing to lose it is no trouble, whatever its idle time says: a reader blocked on a quiet stream
            // moves none of the server's clocks. Whether entries wait for it is the group's status.
            return .idle
        }

        let idle = min(facts.idleMilliseconds, facts.trustedMilliseconds)
        let held = min(facts.longestHeldMilliseconds ?? 0, facts.trustedMilliseconds)
        let isOverdue = held > thresholds.staleAfterMilliseconds

        // Before `stale` and `stuck`: entries of a long batch are overdue while they wait for their turn, and its reader
        // is not seen, but the batch becomes less.
        if let progress = facts.progressMilliseconds, progress < window, isOverdue || idle >= window { return .busy }

        // Before the rest, which is about overdue entries.
        guard isOverdue else { return .active }

        // It may be at work, which shows only with time: neither an alarm nor its absence would be founded.
        let unproductive = min(facts.holdingMilliseconds ?? 0, facts.progressMilliseconds ?? .max)
        guard unproductive >= window else { return nil }

        // Before `stuck`: what does not come back cannot have forgotten anything.
        if idle >= thresholds.seenWithinMilliseconds { return .stale }

        // It came for more when its entries were overdue already. Had it not, it might as well have died since it was
        // last seen, and would be stale before long.
        if idle < held - thresholds.staleAfterMilliseconds { return .stuck }

        // Overdue, not seen since, and not away for long enough.
        return .active
    }
}
