import StreamModel

/// What is remembered of one group from poll to poll.
struct GroupState: Equatable, Sendable {
    private var observation: GroupObservation
    private var oldestPending: PendingClock?
    private var consumers = ConsumerSelection()

    init(_ observation: GroupObservation) {
        self.observation = observation
    }

    mutating func ingest(
        _ observation: GroupObservation, at now: Timestamp, consumerSeries: Int, thresholds: HealthThresholds
    ) {
        self.observation = observation
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
    }

    /// `sampledAt` and `now` are weir's clock, `serverTime` is the server's at `now`.
    func snapshot(
        in stream: StreamObservation, on server: ServerIdentity?, serverTime: Timestamp?, now: Timestamp,
        thresholds: HealthThresholds
    ) -> GroupSnapshot {
        let lag = Lag.derive(for: observation, in: stream, on: server)
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
            lastDeliveredID: observation.lastDeliveredID, entriesRead: observation.entriesRead, lag: lag,
            reportedLag: observation.reportedLag, lagSeconds: lagSeconds(lag, in: stream, serverTime: serverTime),
            pending: pending, consumers: shown.map { ConsumerSnapshot($0, maxPendingIdle: idleByConsumer[$0.name]) },
            consumersNotShown: all.count - shown.count, error: observation.error)
    }

    /// The age of the first entry that was not delivered yet, where that entry is known without asking for it.
    private func lagSeconds(_ lag: Lag?, in stream: StreamObservation, serverTime: Timestamp?) -> Double? {
        if lag == .exact(0) { return 0 }
        guard stream.countersAreCurrent, let serverTime, let first = stream.counters.firstEntryID,
            observation.lastDeliveredID < first
        else { return nil }
        return first.ageMilliseconds(at: serverTime).map { Double($0) / 1000 }
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
