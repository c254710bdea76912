import StreamModel

extension GroupState {
    /// Whether enough has been seen of the group, and it is still used.
    var isJudged: Bool { ![.abandoned, .unknown].contains(statusBesideLosses) }

    /// Whether a consumer is stale or stuck, or work waits that nobody takes.
    var isUnhealthy: Bool {
        if [.stopped, .stalled].contains(statusBesideLosses) { return true }
        return figures.consumers?.contains { $0.status == .stale || $0.status == .stuck } ?? false
    }

    /// A loss hides how the group works.
    private var statusBesideLosses: GroupStatus { health.statusBesideLosses ?? health.status }

    /// Fills in what is known of the group.
    ///
    /// `thresholds`: those that are set for it. `trustedMilliseconds`: for how long, when it was sampled, idle times were
    /// evidence; no idle time is given as longer, as for the statuses.
    func describe(_ standing: inout GroupStanding, thresholds: HealthThresholds, trustedMilliseconds: Int64) {
        standing.status = health.status
        standing.pending = figures.pending
        standing.maxDeliveries = swept.figures?.maxDeliveries
        standing.hold = holds.quantiles
        standing.consumers = figures.consumers.map { consumers in
            consumers.map { consumer in
                let held = consumer.pending > 0 ? swept.holding(of: consumer.name) : nil
                return ConsumerStanding(
                    name: consumer.name, pending: consumer.pending,
                    idleMilliseconds: min(consumer.idleMilliseconds, trustedMilliseconds), status: consumer.status,
                    longestHeldMilliseconds: held.map { min($0.longestIdleMilliseconds, trustedMilliseconds) },
                    isAtWork: health.isAtWork(consumer.name))
            }.sorted { $0.name < $1.name }
        }
        let thresholds = resolved(thresholds)
        standing.windowMilliseconds = thresholds.windowMilliseconds
        standing.staleAfterMilliseconds = thresholds.staleAfterMilliseconds
        standing.abandonedAfterMilliseconds = thresholds.abandonedAfterMilliseconds
    }
}
