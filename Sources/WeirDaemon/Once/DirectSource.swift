import Alerting
import Platform
import Settings
import StreamHealth
import StreamModel

/// Looks at the targets themselves, all at the same time, and judges them by the rules in force.
struct DirectSource: LookSource {
    private let alerts: AlertSettings
    private let clock = SteadyClock()
    /// For the first look at everything.
    private let limit: Duration
    /// Whether there is no other look: then nobody is waited for beyond the limit.
    private let isOnly: Bool
    private var watches: [TargetWatch]
    private var evaluators: [String: RuleEvaluator] = [:]
    private var incidents = IncidentMachine()
    private var isFirst = true

    init(_ settings: Settings, limit: Duration, isOnly: Bool) {
        alerts = settings.alerts
        self.limit = limit
        self.isOnly = isOnly
        var poll = settings.poll
        poll.timeout = min(poll.timeout, limit)
        watches = settings.targets.sorted { $0.name < $1.name }.map { [clock] in
            TargetWatch($0, poll, settings.health, clock: clock)
        }
    }

    mutating func look() async -> Look {
        await lookAtTargets()
        let snapshots = watches.map { $0.snapshot(at: clock.now) }
        for snapshot in snapshots { judge(snapshot) }
        isFirst = false
        let state = AlertBoard.State(
            active: incidents.incidents.sorted { $0.key < $1.key }, resolved: [], silences: [], settings: alerts)
        return Look(
            snapshot: SnapshotDocument(snapshots, at: SteadyClock.wall),
            alerts: AlertsDocument(state, actions: GroupActions([]), at: SteadyClock.wall),
            shortfalls: watches.flatMap(\.shortfalls))
    }

    private mutating func lookAtTargets() async {
        // Each is moved out and put back: in two places, either would copy what the other changes.
        let looking = Array(watches.enumerated())
        watches = []
        let (isFirst, deadline) = (isFirst, ContinuousClock.now + limit)
        var seen: [(offset: Int, watch: TargetWatch)] = []
        await withTaskGroup(of: (offset: Int, watch: TargetWatch)?.self) { group in
            for (offset, watch) in looking {
                group.addTask {
                    var watch = watch
                    if isFirst { await watch.lookAtAll(until: deadline) } else { await watch.lookAgain() }
                    return (offset, watch)
                }
            }
            if isOnly {
                group.addTask {
                    try? await ContinuousClock().sleep(until: deadline, tolerance: .zero)
                    if !Task.isCancelled { looking.forEach { $0.element.interrupt() } }
                    return nil
                }
            }
            for await result in group {
                if let result { seen.append(result) }
                if seen.count == looking.count { group.cancelAll() }
            }
        }
        watches = seen.sorted { $0.offset < $1.offset }.map(\.watch)
    }

    /// What a rule finds counts at once: nobody waits to see whether it lasts.
    private mutating func judge(_ snapshot: TargetSnapshot) {
        let (name, now) = (snapshot.name, clock.now)
        var evaluator = evaluators[name] ?? RuleEvaluator(settings: alerts)
        var verdicts = evaluator.evaluate(snapshot, tracked: incidents.keys(of: name), at: now)
        evaluators[name] = evaluator
        let failing = Set(snapshot.streams.lazy.filter { $0.error != nil }.map(\.name))
        for (key, verdict) in verdicts {
            guard case .holds(var finding) = verdict else { continue }
            (finding.holdMilliseconds, finding.keepFiringMilliseconds) = (0, 0)
            verdicts[key] = isFirst && isPremature(key, failing: failing) ? nil : .holds(finding)
        }
        _ = incidents.ingest(
            verdicts, of: name, at: now, gapMilliseconds: .max, context: IncidentContext(settings: alerts))
    }

    /// Whether the first look says nothing of it; `failing`: streams that cannot be sampled.
    private func isPremature(_ key: IncidentKey, failing: Set<Name>) -> Bool {
        switch key.rule {
        // The next look may know the lag.
        case .lagUnknown: true
        // It takes as many polls as there have to be.
        case .sampleStale: key.subject.stream.map { !failing.contains($0) } ?? false
        default: false
        }
    }
}
