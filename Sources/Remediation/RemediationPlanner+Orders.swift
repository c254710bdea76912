import StreamModel

/// What an order says.
extension RemediationPlanner {
    /// What the candidate is to have done, or would be refused.
    func order(_ candidate: Candidate, allowance: Int, isDryRun: Bool) -> RemediationOrder {
        let (policy, group) = (candidate.policy, candidate.group)
        let state = cases[candidate.key] ?? RemediationCase()
        var order = RemediationOrder(
            policy: policy.name, action: policy.action.kind, isDryRun: isDryRun, target: target,
            stream: group.stream, shownAs: group.shownAs, group: group.group, task: task(of: policy, in: group),
            minIdleMilliseconds: policy.minIdleMilliseconds, allowance: allowance)
        order.cursor = state.cursor
        order.spared = Set((group.consumers ?? []).lazy.filter(\.isAtWork).map(\.name))
        order.skipped = state.known
        order.earlierDeliveries = lineage.earlierDeliveries(in: group.stream)
        order.mayReadBodies = group.entryBytes.map { $0 <= Int64(payloadGuard) } ?? false
        if policy.action == .forgetConsumer {
            order.minIdleMilliseconds = max(policy.minIdleMilliseconds, group.abandonedAfterMilliseconds)
        }
        return order
    }

    private func task(of policy: RemediationPolicy, in group: GroupStanding) -> RemediationOrder.Task {
        switch policy.action {
        case .claim(let destination, _):
            .claim(to: destination, freshnessMilliseconds: group.staleAfterMilliseconds)
        case .requeue(let destination):
            .move(
                to: destination ?? group.stream, leastDeliveries: 0,
                tooManyDeliveries: deadLetterDeliveries(for: group, beside: policy), hasProvenance: false)
        case .deadLetter(let destination, let afterDeliveries):
            .move(
                to: destination, leastDeliveries: afterDeliveries, tooManyDeliveries: nil, hasProvenance: true)
        case .forgetConsumer:
            .forget(policy.forgettable(in: group))
        }
    }

    /// From how many deliveries on an entry is another policy's: requeued, its count would begin anew, and what is poison
    /// would go round for ever.
    private func deadLetterDeliveries(for group: GroupStanding, beside policy: RemediationPolicy) -> Int64? {
        let mode = settings.mode(of: policy)
        return policies.compactMap { other -> Int64? in
            guard case .deadLetter(_, let deliveries) = other.action, settings.mode(of: other) >= mode,
                other.covers(stream: group.stream, shownAs: group.shownAs, group: group.group)
            else { return nil }
            return deliveries
        }.min()
    }
}
