import StreamModel

/// How one group and its consumers fare: what is remembered of their samples, and the statuses that follow from it.
struct GroupHealth: Equatable, Sendable {
    /// No idle time is longer (some thousand years): the sum of two of them stays within 64 bits.
    private static let longestIdleMilliseconds: Int64 = 1 << 47

    private var window = GroupWindow()
    /// As it was set at the last look.
    private var windowMilliseconds = HealthThresholds().windowMilliseconds
    private var progress = HoldingProgress()
    /// When any consumer was last seen, or seen to get something done; those that are gone since included.
    @Compact private(set) var lastSeen: Timestamp?
    /// Between the last look and the one before it.
    private(set) var elapsedMilliseconds: Int64 = 0
    private(set) var status = GroupStatus.unknown
    /// What the status would be without the losses, where it is `losing`: a loss hides how the group works.
    private(set) var statusBesideLosses: GroupStatus?

    init(lastSeen: Timestamp? = nil) {
        self.lastSeen = lastSeen
    }

    /// Whether the entries that wait have become fewer over the window; nil: too little has been seen.
    var isDraining: Bool? { window.isDraining }

    /// Over the window; nil: too little has been seen.
    var deliveredPerSecond: Double? {
        window.kept.growthPerSecond(of: \.delivered, windowMilliseconds: windowMilliseconds, acrossGaps: true)
    }

    var acknowledgedPerSecond: Double? {
        window.kept.growthPerSecond(of: \.acknowledged, windowMilliseconds: windowMilliseconds, acrossGaps: true)
    }

    /// Of the window.
    var lagHistory: LagHistory {
        LagHistory(window.kept.samples.lazy.map { LagHistory.Sample(time: $0.time, entries: $0.value.waiting) })
    }

    /// The consumers that have lost to remediation what they lose between the last look and this one; `held` and `stuck`
    /// are what the last has shown.
    func exposed(
        _ consumers: [ConsumerObservation], held: NameTable<HeldEntries>, stuck: Set<Name>, at now: Timestamp,
        thresholds: HealthThresholds
    ) -> Set<Name> {
        progress.exposed(consumers, held: held, stuck: stuck, at: now, thresholds: thresholds)
    }

    /// This weir has taken these entries from whoever held them.
    mutating func note(taken entries: [TakenEntry]) {
        progress.note(taken: entries)
    }

    /// Takes the next look at the group, and gives the statuses of its consumers, in their order; nil of those about which
    /// nothing can be said.
    ///
    /// Nil for a look that is not later than the last: it changes nothing.
    mutating func ingest(
        _ look: GroupLook, at now: Timestamp, continuity: Continuity, thresholds: HealthThresholds,
        exposed: Set<Name> = [], taken: TakenEntries = TakenEntries()
    ) -> [ConsumerStatus?]? {
        if let last = window.lastTime {
            guard now > last else { return nil }
            elapsedMilliseconds = now.milliseconds(since: last)
            if continuity.isBroken(since: last, windowMilliseconds: thresholds.windowMilliseconds) {
                window.restart()
                progress = HoldingProgress()
            }
        }
        windowMilliseconds = thresholds.windowMilliseconds
        window.record(look.sample(at: now), windowMilliseconds: thresholds.windowMilliseconds)
        guard let observed = look.consumers else {
            status = .unknown
            statusBesideLosses = nil
            return []
        }
        if !(look.isAged && progress.pass(at: now)) {
            progress.ingest(
                observed, held: look.held, delivered: look.lastDelivered, at: now, exposed: exposed, page: look.page,
                taken: taken)
        }
        let trusted = continuity.trustedMilliseconds(at: now)
        let consumers: [ConsumerStatus?] = observed.map { consumer in
            .of(self.facts(of: consumer, in: look, at: now, trusted: trusted, thresholds), thresholds)
        }
        let isBusy = consumers.contains(.busy)
        noteSeen(observed, isBusy: isBusy, at: now)
        var facts = facts(of: observed, isBusy: isBusy, at: now, trusted: trusted, thresholds)
        status = .of(facts, thresholds)
        facts.lossesInWindow = 0
        statusBesideLosses = status == .losing ? .of(facts, thresholds) : nil
        return consumers
    }

    /// Whether the last look, or one within a window before it, has shown that the consumer got something done of what it
    /// still holds some of.
    func isAtWork(_ consumer: Name) -> Bool {
        guard let last = window.lastTime, let progressed = progress[consumer]?.progressedAt else { return false }
        return last.milliseconds(since: progressed) < windowMilliseconds
    }

    /// What became of a consumer between the last two looks; `observed`: those of the last.
    ///
    /// `remediatedAfterMilliseconds`: as in the thresholds.
    func fate(
        of consumer: Name, among observed: [ConsumerObservation], remediatedAfterMilliseconds: Int64? = nil
    ) -> HoldTimes.Fate {
        guard let consumer = observed.first(where: { $0.name == consumer }) else { return .lost }
        if progress.relieved.contains(consumer.name) { return .lost }
        // Whether it was there does not show before Redis 7.2 where it found nothing more to read.
        let wasThere = consumer.idleMilliseconds <= elapsedMilliseconds
        if consumer.pending > 0 {
            let hasProgressed = progress[consumer.name]?.progressedAt.map { $0 == window.lastTime } ?? false
            guard hasProgressed else { return .waiting }
        } else if !wasThere, progress.possibleClaims != 0 {
            // It has got all of it done, or somebody has claimed it.
            return .lost
        }
        // Too little was seen of it to call it exposed: remediation may have taken what was old enough all the same.
        guard !wasThere, let least = remediatedAfterMilliseconds else { return .working }
        return .relieved(least - elapsedMilliseconds)
    }

    private mutating func noteSeen(_ observed: [ConsumerObservation], isBusy: Bool, at now: Timestamp) {
        let idle = observed.map(\.idleMilliseconds).min() ?? 0
        // A group without consumers counts from when weir first saw it.
        var seen = lastSeen ?? now
        if !observed.isEmpty {
            let latest = now.advanced(byMilliseconds: -min(idle, Self.longestIdleMilliseconds))
            seen = lastSeen.map { max($0, latest) } ?? latest
        }
        let isAtWork = window.hasJustMoved || isBusy
        lastSeen = isAtWork ? now : seen
    }

    private func facts(
        of consumer: ConsumerObservation, in look: GroupLook, at now: Timestamp, trusted: Int64,
        _ thresholds: HealthThresholds
    ) -> ConsumerFacts {
        let holding = progress[consumer.name]
        return ConsumerFacts(
            pending: consumer.pending, idleMilliseconds: consumer.idleMilliseconds,
            inactiveMilliseconds: consumer.inactiveMilliseconds,
            longestHeldMilliseconds: look.held[consumer.name]?.longestIdleMilliseconds,
            holdingMilliseconds: holding.map { now.milliseconds(since: $0.since) },
            progressMilliseconds: (holding?.progressedAt).map { now.milliseconds(since: $0) },
            hasGroupMoved: window.hasMoved(thresholds.windowMilliseconds), trustedMilliseconds: trusted)
    }

    private func facts(
        of observed: [ConsumerObservation], isBusy: Bool, at now: Timestamp, trusted: Int64,
        _ thresholds: HealthThresholds
    ) -> GroupFacts {
        let length = thresholds.windowMilliseconds
        let isWaiting = window.hasWaited(length)
        return GroupFacts(
            isWindowFull: window.isFull(length), lossesInWindow: window.losses,
            unseenMilliseconds: lastSeen.map { now.milliseconds(since: $0) } ?? 0,
            isSeen: observed.contains { min($0.idleMilliseconds, trusted) < thresholds.seenWithinMilliseconds },
            isBusy: isBusy, isWaiting: isWaiting, isUnmoved: window.isUnmoved(length),
            // What is cheap for one group is not for ten thousand: most have nothing waiting.
            hasCaughtUp: isWaiting && window.hasCaughtUp, isDraining: isWaiting && window.isDraining != false)
    }
}
