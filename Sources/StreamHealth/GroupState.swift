import StreamModel

/// What is remembered of one group from poll to poll.
struct GroupState: Equatable, Sendable {
    private(set) var figures: GroupFigures
    private(set) var progress = GroupProgress()
    private(set) var swept = SweptPending()
    private var consumers = ConsumerSelection()
    private(set) var health = GroupHealth()
    private(set) var holds = HoldTimes()
    private var taken = TakenEntries()
    /// Whether the group has ever been seen with a consumer: only then is it missed when it is gone.
    private(set) var hadConsumers = false

    /// `memory`: of the group before weir was restarted.
    init(_ observation: GroupObservation, memory: GroupMemory? = nil) {
        figures = GroupFigures(observation)
        guard let memory else { return }
        hadConsumers = memory.hadConsumers
        progress = memory.progress
        swept = SweptPending(clock: memory.clock)
        health = GroupHealth(lastSeen: memory.lastSeen)
        holds = HoldTimes(older: memory.olderHolds, newer: memory.newerHolds)
    }

    var memory: GroupMemory {
        GroupMemory(
            hadConsumers: hadConsumers, progress: progress, clock: swept.clock, lastSeen: health.lastSeen,
            olderHolds: holds.older, newerHolds: holds.newer)
    }

    mutating func ingest(
        _ observation: GroupObservation, in stream: StreamObservation, _ look: GroupProgress.Look,
        _ context: PollContext, thresholds: HealthThresholds
    ) -> GroupMove? {
        let thresholds = resolved(thresholds)
        // Of most groups nothing has become since the last look, and there are thousands of them.
        let aging = context.isAsBefore && taken.isEmpty ? observation.agedMilliseconds : nil
        let exposed = aging == nil ? exposed(of: observation, at: context.now, thresholds) : []
        if !(aging.map { swept.age(by: $0) } ?? false) {
            swept.ingest(observation, in: stream, at: context.now, poisonDeliveries: thresholds.poisonDeliveries)
        }
        let isPassed = aging != nil && progress.pass(serverTime: look.serverTime)
        let move = isPassed ? nil : progress.ingest(observation, look)
        let facts = GroupLook(
            observation, in: stream, lag: progress.lag, held: swept.holdings, lost: progress.ledger.lost,
            deliveries: progress.deliveries, isAged: aging != nil)
        let statuses = health.ingest(
            facts, at: context.now, continuity: context.continuity, thresholds: thresholds, exposed: exposed,
            taken: taken)
        if !taken.isEmpty {
            // Nothing that was held for less can have been taken.
            let age = (thresholds.remediatedAfterMilliseconds ?? 0) - health.elapsedMilliseconds
            holds.forget(heldFor: age) { [taken] in taken.count(from: $0) > 0 }
            // Where the consumers could not be seen, what they have lost shows later.
            if statuses != nil, observation.consumers != nil { taken = TakenEntries() }
        }
        holds.ingest(
            observation, deliveredPerSecond: health.deliveredPerSecond, at: context.now,
            windowMilliseconds: thresholds.windowMilliseconds
        ) { [health] consumer in
            // Of those that cannot be seen nothing is known.
            observation.consumers.map {
                health.fate(
                    of: consumer, among: $0, remediatedAfterMilliseconds: thresholds.remediatedAfterMilliseconds)
            } ?? .waiting
        }
        hadConsumers = hadConsumers || observation.consumerCount > 0
        // Those that are the same are changed in their places, of which nobody has a copy.
        if aging != nil, figures.age(to: observation, statuses) {
            let seen = figures.consumers ?? []
            consumers.update(seen, before: seen, limit: context.consumerSeries)
            return move
        }
        let before = figures.consumers ?? []
        figures = GroupFigures(observation, statuses: statuses ?? self.statuses(of: observation.consumers))
        // A poll that could not see the consumers is no reason to show others after it.
        if let seen = figures.consumers {
            consumers.update(seen, before: before, limit: context.consumerSeries)
        }
        return move
    }

    /// Of these consumers, as they were at the last look.
    private func statuses(of consumers: [ConsumerObservation]?) -> [ConsumerStatus?] {
        (consumers ?? []).map { consumer in figures.consumers?.first { $0.name == consumer.name }?.status }
    }

    /// The consumers that have lost to remediation what they have lost since the last look.
    private func exposed(
        of observation: GroupObservation, at now: Timestamp, _ thresholds: HealthThresholds
    ) -> Set<Name> {
        guard thresholds.remediatedAfterMilliseconds != nil, let consumers = observation.consumers else { return [] }
        let stuck = (figures.consumers ?? []).lazy.filter { $0.status == .stuck }.map(\.name)
        return health.exposed(
            consumers, held: swept.holdings, stuck: Set(stuck), at: now, thresholds: thresholds)
    }

    /// The thresholds in force, of those that are set for the group.
    func resolved(_ thresholds: HealthThresholds) -> HealthThresholds {
        thresholds.resolved(by: thresholds.isStaleAfterAutomatic ? holds.quantiles : nil)
    }

    mutating func note(purged entries: Int64) {
        progress.note(purged: entries)
    }

    mutating func note(taken entries: [TakenEntry]) {
        taken.add(entries)
        health.note(taken: entries)
    }

    mutating func forgetPosition() {
        progress.forgetPosition()
    }

    /// `now` is weir's clock, `serverTime` is the server's at `now`.
    func snapshot(
        name: Name, in surroundings: GroupForecast.Surroundings, serverTime: Timestamp?, now: Timestamp
    ) -> GroupSnapshot {
        let all = figures.consumers ?? []
        let shown = consumers.shown(of: all).sorted { $0.name < $1.name }
        var snapshot = GroupSnapshot(
            name: name, consumerCount: figures.consumerCount,
            lastDeliveredID: figures.lastDeliveredID, entriesRead: figures.entriesRead, lag: progress.lag,
            reportedLag: figures.reportedLag,
            lagSeconds: progress.lagSeconds(delivered: figures.lastDeliveredID, serverTime: serverTime),
            entriesLost: progress.ledger.lost, entriesSkipped: progress.ledger.skipped,
            pending: PendingSummary(entries: figures.pending, swept, at: now),
            consumers: shown.map { consumer in
                ConsumerSnapshot(consumer, held: swept.holding(of: consumer.name))
            },
            consumersNotShown: all.count - shown.count, error: figures.error)
        snapshot.entriesDelivered = progress.deliveries.delivered
        snapshot.entriesAcknowledged = progress.deliveries.acknowledged
        snapshot.deliveredPerSecond = health.deliveredPerSecond
        snapshot.acknowledgedPerSecond = health.acknowledgedPerSecond
        let forecast = GroupForecast(
            lag: progress.lag, pending: figures.pending, lowestPending: swept.lowestID, health: health,
            deliveredPerSecond: snapshot.deliveredPerSecond, in: surroundings)
        snapshot.hold = holds.quantiles
        snapshot.isDraining = forecast.isDraining
        snapshot.drainSeconds = forecast.drainSeconds
        snapshot.trimMarginEntries = forecast.trimMarginEntries
        snapshot.trimMarginSeconds = forecast.trimMarginSeconds
        snapshot.lagHistory = health.lagHistory
        snapshot.status = health.status
        snapshot.statusBesideLosses = health.statusBesideLosses
        snapshot.consumersByStatus = all.compactMap(\.status).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return snapshot
    }
}

extension ConsumerSnapshot {
    fileprivate init(_ consumer: ConsumerFigures, held: HeldEntries?) {
        self.init(
            name: consumer.name, pending: consumer.pending,
            idleSeconds: Double(consumer.idleMilliseconds) / 1000,
            inactiveSeconds: consumer.inactiveMilliseconds.map { Double($0) / 1000 },
            maxPendingIdleSeconds: held.map { Double($0.longestIdleMilliseconds) / 1000 })
        status = consumer.status
    }
}
