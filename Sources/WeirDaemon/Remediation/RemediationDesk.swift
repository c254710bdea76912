import Alerting
import Logging
import Platform
import Remediation
import Settings
import StateFiles
import StreamModel
import Synchronization

/// What the remediators of all targets share: the hour's budgets, the audit and who is told, the pause, and what outlives
/// weir.
actor RemediationDesk {
    /// How often somebody's wish for a pause is looked for beside the polls, and what comes with time is told.
    private static let interval = Duration.seconds(1)

    nonisolated let budgets = Mutex(RemediationBudgets())
    private let board: ActionBoard
    private let alerts: AlertBoard
    private let alertDesk: AlertDesk
    private let journal: ActionJournal
    private let watch: PauseWatch
    private let store: StateStore?
    private let clock: SteadyClock
    private let didChange: @Sendable () -> Void
    private var settings: Settings
    private var planners: [String: PlannerMemory] = [:]
    private var news = ActionNews()
    private var pause = PauseState.running

    /// `didChange`: pages that show actions are old.
    init(
        settings: Settings, board: ActionBoard, alerts: AlertBoard, alertDesk: AlertDesk, store: StateStore?,
        clock: SteadyClock, logger: Logger, didChange: @escaping @Sendable () -> Void
    ) {
        self.settings = settings
        self.board = board
        self.alerts = alerts
        self.alertDesk = alertDesk
        self.store = store
        self.clock = clock
        self.didChange = didChange
        journal = ActionJournal(logger: logger)
        watch = PauseWatch(store: store, hasFolder: settings.stateDirectory != nil)
        board.put(settings.remediation)
    }

    /// Takes up what an earlier weir has left: before any remediator begins.
    func restore() async {
        if let memory = await store?.load(RemediationMemory.file) {
            budgets.withLock { $0.act = memory.budget }
            planners = memory.planners
            news = memory.news
        }
        _ = await pauseState()
    }

    /// From now on these settings are in force.
    func reload(_ settings: Settings) {
        self.settings = settings
        board.put(settings.remediation)
        let names = Set(settings.targets.map(\.name))
        for name in planners.keys where !names.contains(name) { planners[name] = nil }
        didChange()
    }

    /// Looks for a pause, and tells what comes with time, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            _ = await pauseState()
            await tell([])
            // Cancelled: the condition sees it.
            try? await ContinuousClock().sleep(for: Self.interval)
        }
    }

    /// What is remembered of a target.
    func memory(of target: String) -> PlannerMemory { planners[target] ?? PlannerMemory() }

    /// Whether remediation is paused at this moment.
    func pauseState() async -> PauseState {
        let state = await watch.pauseState()
        guard state != pause else { return state }
        pause = state
        board.put(state)
        journal.report(pause: state)
        didChange()
        return state
    }

    /// Takes what was done or refused at a target, of which there is something, and what is to be remembered of it.
    func report(_ records: [ActionRecord], memory: PlannerMemory, of target: String) async {
        let caused = records.map { record in
            var record = record
            record.causes = alerts.causes(of: record)
            return record
        }
        let numbered = board.record(caused)
        journal.report(numbered)
        planners[target] = memory
        await tell(numbered)
        didChange()
    }

    private func tell(_ records: [ActionRecord]) async {
        if records.isEmpty, news.isEmpty { return }
        let before = news
        let context = ActionNewsContext(
            settings: settings, remediation: settings.remediation, silences: alerts.read().silences)
        let notifications = news.notifications(
            of: records, at: clock.now, context: context, makeID: AlertNotification.makeID)
        if !records.isEmpty || news != before { save() }
        await alertDesk.post(notifications)
    }

    private func save() {
        let memory = RemediationMemory(
            budget: budgets.withLock(\.act), planners: planners, news: news)
        store?.offer(memory, to: RemediationMemory.file, isUrgent: true)
    }
}
