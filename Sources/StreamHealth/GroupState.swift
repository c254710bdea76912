import StreamModel

/// What is remembered of one group from poll to poll.
struct GroupState: Equatable, Sendable {
    private var observation: GroupObservation
    private(set) var progress = GroupProgress()
    private var oldestPending: PendingClock?
    private var consumers = ConsumerSelection()
    /// Whether the group has ever been seen with a consumer: only then is it missed when it is gone.
    private(set) var hadConsumers = false

    init(_ observation: GroupObservation) {
        self.observation = observation
    }

    mutating func ingest(
        _ observation: GroupObservation, _ look: GroupProgress.Look, at now: Timestamp, consumerSeries: Int,
        thresholds: HealthThresholds
    ) -> GroupMove? {
        self.observation = observation
        hadConsumers = hadConsumers || observation.consumerCount > 0
        // Nothing pending is known from the group's own line; a group without consumers is not asked for rows at all.
        if observation.pending == 0 {
            oldestPending = nil
        } else if let head = observation.pendingHead {
            oldestPending = head.first.map { oldestPending?.following($0, at: now) ?? PendingClock($0, at: now) }
        }
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
        var pending = PendingSummary(
            entries: observation.pending, rows: observation.pendingHead,
            firstEntryID: stream.countersAreCurrent ? stream.counters.firstEntryID : nil,
            isStreamEmpty: stream.length == 0, poisonDeliveries: thresholds.poisonDeliveries)
        pending.oldestAgeSeconds = oldestPending?.ageSeconds(at: now)
        let all = observation.consumers ?? []
        let shown = all.filter { consumers.shown.contains($0.name) }.sorted { $0.name < $1.name }
        let idleByConsumer = longestIdle(of: observation.pendingHead ?? [])
        return GroupSnapshot(
            name: observation.name, consumerCount: observation.consumerCount,
            lastDeliveredID: observation.lastDeliveredID, entriesRead: observation.entriesRead, lag: progress.lag,
            reportedLag: observation.reportedLag,
            lagSeconds: progress.lagSeconds(delivered: observation.lastDeliveredID, serverTime: serverTime),
            entriesLost: progress.ledger.lost, entriesSkipped: progress.ledger.skipped,
            pending: pending, consumers: shown.map { ConsumerSnapshot($0, maxPendingIdle: idleByConsumer[$0.name]) },
            consumersNotShown: all.count - shown.count, error: observation.error)
    }

    private func longestIdle(of rows: [PendingEntry]) -> [Name: Int64] {
        var longest: [Name: Int64] = [:]
        for row in rows {
            guard let consumer = row.consumer else { continue }
            longest[consumer] = max(longest[consumer] ?? 0, row.idleMilliseconds)
        }
        return longest
    }
}

extension ConsumerSnapshot {
    fileprivate init(_ observation: ConsumerObservation, maxPendingIdle: Int64?) {
        self.init(
            name: observation.name, pending: observation.pending,
            idleSeconds: Double(observation.idleMilliseconds) / 1000,
            inactiveSeconds: observation.inactiveMilliseconds.map { Double($0) / 1000 },
            maxPendingIdleSeconds: maxPendingIdle.map { Double($0) / 1000 })
    }
}
