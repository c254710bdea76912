import Alerting
import Delivery
import Logging
import Platform
import Settings
import StateFiles
import StreamModel
import Synchronization

/// Judges what pollers have seen, keeps the incidents, and hands what is to be told to the courier.
///
/// It waits for no poller, and no poller for it: of each target it takes the newest snapshot.
actor AlertDesk {
    /// How often silences are looked for.
    private static let silenceInterval = Duration.seconds(2)
    /// How often Alertmanagers are told what still fires: they forget it after five minutes.
    private static let refreshInterval = Duration.seconds(60)
    /// A silence that is over is kept for so long, for whoever wonders.
    private static let keptSilenceMilliseconds: Int64 = 86_400_000

    private let courier: Courier
    private let givenUp: GivenUp
    private let board: AlertBoard
    private let actions: ActionBoard
    private let store: StateStore?
    private let clock: SteadyClock
    private let journal: AlertJournal
    private let didChange: @Sendable () -> Void
    private nonisolated let inbox = Mutex<[String: TargetSnapshot]>([:])
    private nonisolated let wakes: AsyncStream<Void>
    private nonisolated let wake: AsyncStream<Void>.Continuation

    private var settings: Settings
    private var incidents = IncidentMachine()
    private var evaluators: [String: RuleEvaluator] = [:]
    /// Of targets that have not been looked at since weir was restarted.
    private var remembered: [String: EvaluatorMemory] = [:]
    private var silences: [Silence] = []
    /// Since the pages were last made anew on its account.
    private var hasNews = false
    /// What others had to tell before it was known what an earlier weir has left; nil: it is known.
    private var early: [AlertNotification]? = []

    /// `didChange`: pages that show alerts are old.
    init(
        settings: Settings, courier: Courier, givenUp: GivenUp, board: AlertBoard, actions: ActionBoard,
        store: StateStore?, clock: SteadyClock, logger: Logger, didChange: @escaping @Sendable () -> Void
    ) {
        self.settings = settings
        self.courier = courier
        self.givenUp = givenUp
        self.board = board
        self.actions = actions
        self.store = store
        self.clock = clock
        journal = AlertJournal(logger: logger)
        self.didChange = didChange
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes the newest look at a target, to be judged when its turn comes.
    nonisolated func offer(_ snapshot: TargetSnapshot) {
        inbox.withLock { $0[snapshot.name] = snapshot }
        wake.yield()
    }

    /// Hands on what others have to tell, in order with its own news.
    func post(_ notifications: [AlertNotification]) async {
        guard !notifications.isEmpty else { return }
        if early == nil {
            await courier.post(notifications, memory: memory)
        } else {
            early?.append(contentsOf: notifications)
        }
    }

    /// From now on these settings are in force.
    func reload(_ settings: Settings) async {
        self.settings = settings
        await courier.configure(settings.channels, externalURL: settings.alerts.externalURL)
        _ = takeGivenUp()
        incidents.retry()
        let names = Set(settings.targets.map(\.name))
        evaluators = evaluators.filter { names.contains($0.key) }
        remembered = remembered.filter { names.contains($0.key) }
        for name in incidents.targets.subtracting(names).sorted() {
            await report(incidents.forget(target: name, at: clock.now, context: context), of: name)
        }
        publish()
    }

    /// Judges until the task is cancelled; to be called once.
    func run() async {
        if let memory = await courier.restore() {
            incidents = memory.incidents
            remembered = memory.evaluators
        }
        await reload(settings)
        let waiting = early ?? []
        early = nil
        await post(waiting)
        await withDiscardingTaskGroup { group in
            group.addTask { await self.watchSilences() }
            group.addTask { await self.refreshAlertmanagers() }
            for await _ in wakes {
                let snapshots = inbox.withLock { inbox in
                    defer { inbox = [:] }
                    return inbox
                }
                for (_, snapshot) in snapshots.sorted(by: { $0.key < $1.key }) { await judge(snapshot) }
                publish()
            }
            group.cancelAll()
        }
    }

    /// Whether there was anything.
    private func takeGivenUp() -> Bool {
        let taken = givenUp.take()
        for (channel, fingerprints) in taken { incidents.giveUp(fingerprints, channel: channel, at: clock.now) }
        return !taken.isEmpty
    }

    private func judge(_ snapshot: TargetSnapshot) async {
        let name = snapshot.name
        // A reload may have been quicker.
        guard settings.targets.contains(where: { $0.name == name }) else { return }
        var evaluator =
            evaluators[name]
            ?? RuleEvaluator(
                settings: settings.alerts, memory: remembered.removeValue(forKey: name) ?? EvaluatorMemory())
        evaluator.settings = settings.alerts
        let before = evaluator.memory
        let hasGivenUp = takeGivenUp()
        let now = clock.now
        let verdicts = evaluator.evaluate(snapshot, tracked: incidents.keys(of: name), at: now)
        evaluators[name] = evaluator
        // A target that is down is looked at as often as its poller tries, which waits at most 5 s.
        let gap = max(settings.poll.interval * 3, .seconds(10)) + settings.poll.timeout
        let actions = incidents.ingest(
            verdicts, of: name, at: now, gapMilliseconds: gap.milliseconds, context: context)
        await report(actions, of: name, hasLearned: hasGivenUp || !evaluator.memory.outlasts(as: before))
    }

    /// `hasLearned`: there is something new that a restart must not forget, whoever is told.
    private func report(_ actions: [IncidentAction], of target: String, hasLearned: Bool = false) async {
        guard !actions.isEmpty || hasLearned else { return }
        hasNews = true
        journal.report(actions)
        let notifications = AlertGrouping.notifications(
            actions, of: target, at: clock.now, settings: settings.alerts, limits: settings.channels.limits,
            remediation: GroupActions(self.actions.rows).remark, makeID: AlertNotification.makeID)
        await courier.post(notifications, memory: memory)
    }

    private var memory: AlertMemory {
        AlertMemory(
            incidents: incidents, evaluators: evaluators.mapValues(\.memory).merging(remembered) { $1 })
    }

    private var context: IncidentContext {
        IncidentContext(settings: settings.alerts, channels: settings.channels.map(\.route), silences: silences)
    }

    private func publish() {
        let state = AlertBoard.State(
            active: incidents.incidents.sorted { $0.key < $1.key }, resolved: incidents.resolved, silences: silences,
            settings: settings.alerts)
        board.put(state)
        if hasNews { didChange() }
        hasNews = false
    }

    // MARK: - What comes with time

    private func watchSilences() async {
        guard let store else { return }
        while !Task.isCancelled {
            let now = SteadyClock.wall
            let found = await store.loadAll(Silence.self)
            for (name, silence) in found
            where now.milliseconds(since: silence.endsAt) > Self.keptSilenceMilliseconds {
                await store.remove(name)
            }
            silences = found.sorted { $0.key < $1.key }.map(\.value).filter { $0.endsAt > now }
            // Cancelled: the condition sees it.
            try? await ContinuousClock().sleep(for: Self.silenceInterval)
        }
    }

    private func refreshAlertmanagers() async {
        while !Task.isCancelled {
            try? await ContinuousClock().sleep(for: Self.refreshInterval)
            for channel in settings.channels where channel.kind == .alertmanager {
                let told = incidents.incidents.filter { $0.phase == .firing && $0.told[channel.name] != nil }
                // Also of what is inhibited or silenced by now: for the Alertmanager it would otherwise have ended.
                let actions = told.map { IncidentAction.tell(channel: channel.name, $0) }
                let notifications = AlertGrouping.notifications(
                    actions, of: "", at: clock.now, settings: settings.alerts, limits: [:],
                    remediation: GroupActions(self.actions.rows).remark, makeID: AlertNotification.makeID)
                await courier.refresh(notifications, of: channel.name)
            }
        }
    }
}
