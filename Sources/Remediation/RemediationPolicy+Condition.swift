import StreamModel

extension RemediationPolicy {
    /// Whether there is something for the policy to do in the group, as far as the poll has seen.
    ///
    /// `earlierDeliveries`: the most that an entry of the stream had been delivered before it was requeued.
    func holds(for group: GroupStanding, earlierDeliveries: Int64) -> Bool {
        let consumers = group.consumers ?? []
        switch action {
        case .claim(let destination, _):
            return consumers.contains { $0.name != destination && isOverdue($0) }
        case .requeue:
            return consumers.contains { isOverdue($0) && !$0.isAtWork }
        case .deadLetter(_, let afterDeliveries):
            // Whoever tries an entry again and again resets its idle time each time: that it is idle for long enough is
            // asked of each entry, at the moment of moving it.
            let most = group.maxDeliveries ?? 0
            let isPerhapsCopy = earlierDeliveries > 0 && earlierDeliveries.addingClamped(most) >= afterDeliveries
            return group.pending > 0 && (most >= afterDeliveries || isPerhapsCopy)
        case .forgetConsumer:
            return !forgettable(in: group).isEmpty
        }
    }

    /// The consumers that nobody will miss.
    func forgettable(in group: GroupStanding) -> [Name] {
        (group.consumers ?? []).filter {
            $0.status == .abandoned && $0.pending == 0 && $0.idleMilliseconds >= minIdleMilliseconds
        }.map(\.name)
    }

    /// Whether the consumer holds anything for so long.
    private func isOverdue(_ consumer: ConsumerStanding) -> Bool {
        consumer.longestHeldMilliseconds.map { $0 >= minIdleMilliseconds } ?? false
    }

    /// One that is at work on entries that a claim of this policy would take from it.
    func robbed(in group: GroupStanding) -> Name? {
        guard case .claim(let destination, _) = action else { return nil }
        return group.consumers?.first { $0.name != destination && $0.isAtWork && isOverdue($0) }?.name
    }
}
