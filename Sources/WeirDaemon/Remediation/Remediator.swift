import Platform
import RedisClient
import Remediation
import Rescue
import Settings
import StreamModel
import Synchronization

/// Puts stranded entries of one target back to work, as far as the policies allow: on a connection of its own, so that
/// neither the polls nor this wait for the other.
actor Remediator {
    /// The connection is closed when there was nothing to do for so long.
    private static let idleMilliseconds: Int64 = 60_000

    private nonisolated let target: TargetSettings
    private nonisolated let poll: PollSettings
    private nonisolated let desk: RemediationDesk
    /// Those in force: they may change while work goes on.
    private nonisolated let settings: @Sendable () -> RemediationSettings
    private let board: ActionBoard
    private let clock: SteadyClock
    private nonisolated let inbox = Mutex<Look?>(nil)
    private nonisolated let traces = Mutex<[RemediationTrace]>([])
    private nonisolated let dialer: RedisDialer
    private nonisolated let wakes: AsyncStream<Void>
    private nonisolated let wake: AsyncStream<Void>.Continuation
    private var planner: RemediationPlanner
    /// By their servers' names, with what they have found out about these; none until there is something to do.
    private var rescuers: [String: Rescuer] = [:]
    /// When something was last sent on the connection.
    private var lastOrder = Timestamp(milliseconds: 0)

    init(
        _ target: TargetSettings, _ poll: PollSettings, desk: RemediationDesk, board: ActionBoard,
        settings: @escaping @Sendable () -> RemediationSettings, clock: SteadyClock
    ) {
        self.target = target
        self.poll = poll
        dialer = RedisDialer(timeout: poll.timeout)
        self.desk = desk
        self.board = board
        self.settings = settings
        self.clock = clock
        planner = RemediationPlanner(target: target.name, settings: settings(), payloadGuard: poll.payloadGuard)
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The policies in force at the target: none where there is nothing to look for.
    nonisolated var policies: [RemediationPolicy] { settings().policies(at: target.name) }

    /// A look at the target, and where its servers are, by their names.
    private struct Look: Sendable {
        var standing: TargetStanding
        var endpoints: [String: RedisEndpoint]
    }

    /// Takes the newest look at the target, to be acted on when its turn comes.
    nonisolated func offer(_ standing: TargetStanding, on endpoints: [String: RedisEndpoint]) {
        inbox.withLock { $0 = Look(standing: standing, endpoints: endpoints) }
        wake.yield()
    }

    /// What was done, each given once.
    nonisolated func takeTraces() -> [RemediationTrace] {
        traces.withLock { traces in
            defer { traces = [] }
            return traces
        }
    }

    /// Ends what is under way: what was sent is done as a whole, or not at all.
    nonisolated func interrupt() {
        dialer.interrupt()
        wake.finish()
    }

    /// Acts on what is offered until it is interrupted; to be called once.
    func run() async {
        planner = RemediationPlanner(
            target: target.name, settings: settings(), payloadGuard: poll.payloadGuard,
            memory: await desk.memory(of: target.name))
        for await _ in wakes {
            let look = inbox.withLock { inbox in
                defer { inbox = nil }
                return inbox
            }
            if let look { await act(on: look) }
        }
        board.put(waiting: [], of: target.name)
    }

    private func act(on look: Look) async {
        let settings = settings()
        if settings != planner.settings { planner.configure(settings) }
        let plan = planner.look(at: look.standing, pause: await pause)
        board.put(waiting: plan.waits, of: target.name)
        await report(plan.records)
        rescuers = rescuers.filter { look.endpoints[$0.key] != nil }
        // A poll may have much to do, and whoever pauses is to wait for no more than one order.
        while !Task.isCancelled, await pause == nil {
            var records: [ActionRecord] = []
            let order = desk.budgets.withLock { planner.nextOrder(&$0, &records) }
            await report(records)
            guard let order else { break }
            lastOrder = clock.now
            let outcome = await carryOut(order, at: look)
            if let trace = RemediationTrace(outcome, of: order) { traces.withLock { $0.append(trace) } }
            await report(desk.budgets.withLock { planner.ingest(outcome, of: order, &$0, at: clock.now) })
        }
        // What lies idle for long is only one that may turn out to be dead.
        if clock.now.milliseconds(since: lastOrder) > Self.idleMilliseconds {
            rescuers = [:]
        }
    }

    /// Why remediation is paused at this moment; nil: it is not.
    private var pause: String? {
        get async {
            if case .paused(let reason, _) = await desk.pauseState() { reason } else { nil }
        }
    }

    /// On the server that the stream is on.
    private func carryOut(_ order: RemediationOrder, at look: Look) async -> RemediationOutcome {
        do throws(RedisClientError) {
            let node = look.standing.groups.first { $0.stream == order.stream }?.node ?? ""
            guard let endpoint = look.endpoints[node] else { throw .closed }
            var rescuer =
                if let known = rescuers[node] { known } else {
                    Rescuer(connection: try dialer.connection(to: endpoint))
                }
            let outcome = await rescuer.carryOut(order, at: SteadyClock.wall)
            rescuers[node] = rescuer
            return outcome
        } catch {
            var outcome = RemediationOutcome()
            outcome.cursor = order.cursor
            outcome.obstacle = .connection(error.description)
            return outcome
        }
    }

    private func report(_ records: [ActionRecord]) async {
        // Mostly there are none, and what is remembered may be long.
        guard !records.isEmpty else { return }
        await desk.report(records, memory: planner.memory, of: target.name)
    }
}
