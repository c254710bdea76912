import Logging
import Platform
import RedisClient
import Remediation
import Sampling
import Settings
import StateFiles
import StreamHealth
import StreamModel

/// Polls one target on its interval: connects, samples, keeps the state and puts up the snapshot.
struct TargetPoller: Sendable {
    let target: TargetSettings
    let poll: PollSettings
    /// Those in force: they may change while polling goes on, and what has been seen stays.
    private let health: @Sendable () -> HealthSettings
    private let remediator: Remediator
    /// What remediation did before the last poll ended.
    private var lastTraces: [RemediationTrace] = []
    private let store: StateStore?
    private let memoryFile: StateFile<TargetMemory>
    private let clock: SteadyClock
    private let publish: @Sendable (TargetSnapshot, _ isFirstLookDone: Bool) -> Void
    private var journal: PollJournal
    private var sampler: Sampler
    private var state: TargetState
    /// Long enough to be no burden, short enough that a server which is back is seen soon.
    private var backoff: Backoff
    private var discovery: DiscoverySchedule<ContinuousClock.Instant>

    init(
        _ target: TargetSettings, _ poll: PollSettings, health: @escaping @Sendable () -> HealthSettings,
        remediator: Remediator, store: StateStore?, clock: SteadyClock, logger: Logger,
        publish: @escaping @Sendable (TargetSnapshot, _ isFirstLookDone: Bool) -> Void
    ) {
        self.target = target
        self.poll = poll
        self.health = health
        self.remediator = remediator
        self.store = store
        memoryFile = StateFile(target: target.name)
        self.clock = clock
        self.publish = publish
        backoff = Backoff(first: .milliseconds(250), longest: min(.seconds(5), poll.interval))
        discovery = DiscoverySchedule(from: .now, every: poll.discoveryInterval)
        journal = PollJournal(target: target.name, logger: logger)
        sampler = target.sampler(poll)
        state = TargetState(target.state(poll, health()))
    }

    /// Polls until the task is cancelled, or the poller interrupted.
    mutating func run() async {
        if let memory = await store?.load(memoryFile) {
            if !memory.isOf(state.configuration) { journal.forgetsMemory() }
            state = TargetState(state.configuration, memory: memory, watching: sampler.discovery.wants)
        }
        var schedule = PollSchedule(
            from: ContinuousClock.now, every: poll.interval, firstGap: 0.5 + Name(target.name).stableShare)
        while !Task.isCancelled, !sampler.isInterrupted {
            var succeeded = await pollOnce()
            if succeeded {
                let turn = schedule.next(after: ContinuousClock.now)
                sampler.statistics.skipped += turn.skipped
                succeeded = await discover(until: turn.due)
                // Cancelled: the loop's condition sees it.
                if succeeded { try? await ContinuousClock().sleep(until: turn.due, tolerance: .zero) }
            }
            if !succeeded, !sampler.isInterrupted {
                var generator = SystemRandomNumberGenerator()
                let wake = ContinuousClock.now + backoff.nextDelay(using: &generator)
                schedule = PollSchedule(from: wake, every: poll.interval)
                try? await ContinuousClock().sleep(until: wake, tolerance: .zero)
            }
        }
    }

    /// Ends a poll that is under way, and the poller with it.
    func interrupt() {
        sampler.interrupt()
        remediator.interrupt()
    }

    private mutating func pollOnce() async -> Bool {
        let start = ContinuousClock.now
        do {
            beginDiscoveryWhenDue()
            state.configuration.health = health()
            let started = clock.now
            let sample = try await sampler.poll(for: state, at: started)
            noteRemediation()
            let events = state.ingest(sample, startedAt: started, at: clock.now)
            store?.offer(state.memory, to: memoryFile, isUrgent: !events.isEmpty || state.hasNewLosses)
            sampler.statistics.succeeded += 1
            sampler.statistics.lastSuccess = SteadyClock.wall
            let duration = ContinuousClock.now - start
            sampler.statistics.duration.record(seconds: duration / .seconds(1))
            backoff.reset()
            journal.asked(sentinels: sampler.sentinelError)
            journal.succeeded(sample, events)
            journal.polled(sample, in: duration, sampler.statistics)
            show()
            offerForRemediation()
            return true
        } catch {
            fail(error)
            return false
        }
    }

    /// Looks for streams until the next poll, at the pace that the share of the server's time allows.
    private mutating func discover(until wake: ContinuousClock.Instant) async -> Bool {
        let (gap, allowance) = (wake - .now, sampler.discoveryAllowance)
        guard gap > .zero else { return true }
        while !Task.isCancelled, !sampler.isInterrupted {
            let next = discovery.next(isUnderWay: sampler.discovery.isUnderWay)
            guard next < wake else { return true }
            try? await ContinuousClock().sleep(until: next, tolerance: .zero)
            beginDiscoveryWhenDue()
            do {
                let cost = try await sampler.discoverStep()
                journal.lookedForStreams(sampler.discovery, cost: cost)
                discovery.stepped(cost, at: .now, allowance: allowance, outOf: gap)
            } catch {
                fail(error)
                return false
            }
        }
        return true
    }

    private mutating func beginDiscoveryWhenDue() {
        let now = ContinuousClock.now
        guard discovery.isPassDue(at: now), !sampler.discovery.isUnderWay else { return }
        sampler.beginDiscovery()
        discovery.began(at: now)
    }

    private mutating func fail(_ error: RedisClientError) {
        // An attempt to connect cannot be interrupted; by its end the target may have another poller.
        if sampler.isInterrupted { return }
        state.fail(error.description)
        sampler.statistics.failed += 1
        // The server may come back with other streams, and with a cursor that means nothing to it.
        discovery.failed(at: .now)
        journal.failed(error)
        show()
    }

    /// What was done while a poll was under way shows in that poll or in the next.
    private mutating func noteRemediation() {
        let new = remediator.takeTraces()
        for trace in new { state.note(purged: trace.purged, of: trace.group, in: trace.stream) }
        for trace in lastTraces + new { state.note(taken: trace.taken, of: trace.group, in: trace.stream) }
        lastTraces = new
    }

    private func offerForRemediation() {
        let policies = remediator.policies
        guard !policies.isEmpty else { return }
        remediator.offer(state.standing(at: clock.now, wants: policies.cover), on: sampler.endpoints)
    }

    private func show() {
        var snapshot = state.snapshot(at: clock.now, polling: sampler.statistics)
        snapshot.intervalSeconds = poll.interval / .seconds(1)
        publish(snapshot, !snapshot.isUp || sampler.discovery.hasFinishedOnce)
    }
}
