import StreamModel

extension GuardFacts {
    init(
        _ policy: RemediationPolicy, _ group: GroupStanding, _ standing: TargetStanding,
        _ settings: RemediationSettings, pause: String?
    ) {
        self.init(
            pause: pause, role: standing.server?.role,
            steadyMilliseconds: standing.discontinuity.map { standing.time.milliseconds(since: $0) },
            windowMilliseconds: group.windowMilliseconds, memoryShare: standing.memoryShare,
            judgedGroups: standing.judgedGroups, unhealthyGroups: standing.unhealthyGroups, storm: settings.storm,
            minIdleMilliseconds: policy.minIdleMilliseconds, areConsumersKnown: group.consumers != nil)
        // A consumer that is forgotten holds nothing.
        if policy.action != .forgetConsumer {
            p99HoldMilliseconds = group.hold.map { Int64($0.p99Seconds * 1000) }
        }
        guard case .claim(let destination, let rereads) = policy.action else { return }
        claimant = Claimant(
            name: destination, rereadsOwnPEL: rereads, standing: group.consumer(destination),
            freshnessMilliseconds: group.staleAfterMilliseconds, robbed: policy.robbed(in: group))
    }
}
