import StreamModel

/// What is remembered of one group from poll to poll.
struct GroupState: Equatable, Sendable {
    private var observation: GroupObservation
    private(set) var progress = GroupProgress()
    private var swept = SweptPending()
    private var consumers = ConsumerSelection()
    /// Whether the group has ever been seen with a consumer: only then is it missed when it is gone.
    private(set) var hadConsumers = false

    init(_ observation: GroupObservation) {
        self.observation = observation
    }

    mutating func ingest(
        _ observation: GroupObservation, in stream: StreamObservation, _ look: GroupProgress.Look, at now: Timestamp,
        consumerSeries: Int, thresholds: HealthThresholds
    ) -> GroupMove? {
        swept.ingest(observation, in: stream, at: now, poisonDeliveries: thresholds.poisonDeliveries)
        self.observation = observation
        self.observation.pendingPage = nil
        hadConsumers = hadConsumers || observation.consumerCount > 0
        // A poll that could not see the consumers is no reason to show others after it.
        if let seen = observation.consumers {
            consumers.update(
                seen, limit: consumerSeries, abandonedAfterMilliseconds: thresholds.abandonedAfterMilliseconds)
        }
        return progress.ingest(observation, look)
    }

    mutating func forgetPosition() {
        progress.forgetPosition()
    }

    /// `now` is weir's clock, `serverTime` is the server's at `now`.
    func snapshot(
        in stream: StreamObservation, serverTime: Timestamp?, now: Timestamp, thresholds: HealthThresholds
    ) -> GroupSnapshot {
        let all = observation.consumers ?? []
        let shown = all.filter { consumers.shown.contains($0.name) }.sorted { $0.name < $1.name }
        return GroupSnapshot(
            name: observation.name, consumerCount: observation.consumerCount,
            lastDeliveredID: observation.lastDeliveredID, entriesRead: observation.entriesRead, lag: progress.lag,
            reportedLag: observation.reportedLag,
            lagSeconds: progress.lagSeconds(delivered: observation.lastDeliveredID, serverTime: serverTime),
            entriesLost: progress.ledger.lost, entriesSkipped: progress.ledger.skipped,
            pending: PendingSummary(entries: observation.pending, swept, at: now),
            consumers: shown.map { ConsumerSnapshot($0, holding: swept.holding(of: $0.name)) },
            consumersNotShown: all.count - shown.count, error: observation.error)
    }
}

extension ConsumerSnapshot {
    fileprivate init(_ observation: ConsumerObservation, holding: PendingFigures.Holding?) {
        self.init(
            name: observation.name, pending: observation.pending,
            idleSeconds: Double(observation.idleMilliseconds) / 1000,
            inactiveSeconds: observation.inactiveMilliseconds.map { Double($0) / 1000 },
            maxPendingIdleSeconds: holding.map { Double($0.maxIdleMilliseconds) / 1000 })
    }
}
