import StreamModel

extension GroupStatus {
    /// The status that the facts come to: the first rule that holds decides.
    static func of(_ facts: GroupFacts, _ thresholds: HealthThresholds) -> GroupStatus {
        // First, because every other rule concludes from a whole window: with less, nothing is said and nothing fires.
        guard facts.isWindowFull else { return .unknown }

        // Before all that describes how the group works: what is lost is lost, however well it works now, and a lag that
        // trimming makes smaller would else pass for one that drains.
        if facts.lossesInWindow > 0 { return .losing }

        // Before `stopped`, which would hold as well: nobody has used the group for so long that nobody will be woken.
        if facts.unseenMilliseconds >= thresholds.abandonedAfterMilliseconds { return .abandoned }

        // Nothing is handed out while entries wait. Whoever works through a long batch does not come for more, which is
        // how long batches look, and no standstill: such a group can only lag.
        if facts.isWaiting, facts.isUnmoved, !facts.isBusy {
            // Before `stalled`: what to do is to start the consumers, not to find out what holds them up.
            return facts.isSeen ? .stalled : .stopped
        }

        // After the standstills, which lag as well, and need more than patience or more consumers.
        if facts.isWaiting, !facts.hasCaughtUp, !facts.isDraining { return .lagging }

        // Last: no rule has found anything. This includes a lag that is not known, and one that drains.
        return .ok
    }
}
