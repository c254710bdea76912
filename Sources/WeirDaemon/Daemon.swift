import Delivery
import Exposition
package import HTTPServer
package import Logging
import Platform
import Remediation
package import Settings
import StateFiles
import StreamHealth
import StreamModel
import Synchronization

/// The daemon: polls every target, serves the pages, takes new settings while it runs.
package final class Daemon: Sendable {
    private enum Event: Sendable {
        case reload
        case stop
    }

    private struct State: Sendable {
        var settings: Settings
        var servers: [ListenAddress: HTTPServer] = [:]
        /// Those whose address another one serves now.
        var retired: [HTTPServer] = []
    }

    private let logger: Logger
    private let load: @Sendable () throws(SettingsErrors) -> Settings
    private let clock = SteadyClock()
    private let board = SnapshotBoard()
    private let alerts = AlertBoard()
    private let actions = ActionBoard()
    private let pages: PageCache
    private let heap = HeapTrim()
    private let reloadFlag: ReloadFlag
    /// Nil: nothing outlives the process.
    private let store: StateStore?
    private let sender: CurlSender
    private let deliveries = DeliveryTally()
    private let givenUp = GivenUp()
    private let courier: Courier
    private let desk: AlertDesk
    private let remediation: RemediationDesk
    private let state: Mutex<State>
    /// Held while addresses are opened for new settings: two reloads at once would open the same one twice.
    private let reloading = Mutex(())
    private let events: AsyncStream<Event>
    private let post: AsyncStream<Event>.Continuation

    /// Opens the folder for state, which may block: to be called from the main thread.
    ///
    /// `load` reads the settings again, for a reload.
    package init(
        settings: Settings, logger: Logger, load: @escaping @Sendable () throws(SettingsErrors) -> Settings
    ) {
        self.logger = logger
        self.load = load
        state = Mutex(State(settings: settings))
        (events, post) = AsyncStream.makeStream(of: Event.self)
        let flag = ReloadFlag()
        let stateTally = StateTally()
        let startTime = SteadyClock.wall.seconds
        let renderer = PageRenderer(board: board, alerts: alerts, actions: actions) { [deliveries, actions] in
            .current(
                startTimeSeconds: startTime, lastReloadSucceeded: flag.lastReloadSucceeded, state: stateTally.counts,
                channels: deliveries.channels, remediation: actions.figures)
        }
        let pages = PageCache(make: renderer.render)
        self.pages = pages
        reloadFlag = flag
        let folder = StateParts.open(settings.stateDirectory, tally: stateTally, logger: logger)
        store = folder?.store
        sender = CurlSender(version: Version.current)
        courier = Courier(
            sender: sender, file: folder?.alerts, tally: deliveries, givenUp: givenUp, logger: logger
        ) { [clock] in clock.now }
        let refresh: @Sendable () -> Void = { [board] in
            board.touch()
            pages.refresh(version: board.version)
        }
        desk = AlertDesk(
            settings: settings, courier: courier, givenUp: givenUp, board: alerts, actions: actions, store: store,
            clock: clock, logger: logger, didChange: refresh)
        remediation = RemediationDesk(
            settings: settings, board: actions, alerts: alerts, alertDesk: desk, store: store, clock: clock,
            logger: logger, didChange: refresh)
    }

    /// Serves and polls until `stop`.
    ///
    /// Throws where an address cannot be listened on.
    package func run() async throws(HTTPServerError) {
        let settings = state.withLock(\.settings)
        board.expect(settings.targets.map(\.name))
        try reloading.withLock { (_) throws(HTTPServerError) in try listen(as: settings.http) }
        settings.warnings.forEach { logger.warning("\($0)") }
        await remediation.restore()

        await withDiscardingTaskGroup { group in
            if let store { group.addTask { await store.run() } }
            group.addTask { [courier] in await courier.run() }
            group.addTask { [desk] in await desk.run() }
            group.addTask { [remediation] in await remediation.run() }
            group.addTask { await self.heartbeat.run() }
            var pollers: [TargetPoller] = []
            var event = Event.reload
            while event != .stop {
                closeSurplusServers()
                let names = Set(pollers.map(\.target.name))
                pollers = pollersInForce(replacing: pollers, in: &group)
                for name in names.subtracting(pollers.map(\.target.name)) {
                    group.addTask { [store] in await store?.forget(StateFile<TargetMemory>(target: name)) }
                }
                event = await events.first { _ in true } ?? .stop
                // In its own time, and then those that are in force by then: another reload may have followed.
                if event == .reload {
                    group.addTask {
                        let settings = self.state.withLock(\.settings)
                        await self.desk.reload(settings)
                        await self.remediation.reload(settings)
                    }
                }
            }
            pollers.forEach { $0.interrupt() }
            // Before waiting for a poller that may wait for its Redis.
            await store?.flush()
            await courier.flush()
            group.cancelAll()
        }
        await store?.flush()
        await courier.flush()
        sender.shutDown()
        state.withLock { $0.settings.http.listen = [] }
        closeSurplusServers()
    }

    /// Ends `run`, also while it waits for a Redis.
    package func stop() {
        post.yield(.stop)
    }

    /// Reads the settings again and takes them if they are good.
    ///
    /// Nil if they are, else what is wrong with them: those in force then stay.
    @discardableResult
    package func reload() -> String? {
        reloading.withLock { _ in reloadAlone() }
    }

    private func reloadAlone() -> String? {
        do {
            let settings = try load()
            try listen(as: settings.http)
            let before = state.withLock { state in
                defer { state.settings = settings }
                return state.settings
            }
            if before.stateDirectory != settings.stateDirectory {
                logger.warning("state_dir has changed: it will be in force after a restart")
            }
            board.expect(settings.targets.map(\.name))
            // What is no longer a target is gone from the pages at once, not with somebody's next poll.
            pages.refresh(version: board.version)
            settings.warnings.forEach { logger.warning("\($0)") }
            reloadFlag.lastReloadSucceeded = true
            logger.info("the settings have been reloaded")
            post.yield(.reload)
            return nil
        } catch {
            reloadFlag.lastReloadSucceeded = false
            board.touch()
            pages.refresh(version: board.version)
            logger.error("the settings could not be reloaded, those in force stay: \(error)")
            return "\(error)"
        }
    }

    /// Ends the pollers of targets that are gone, starts those of new ones, and gives all that are then in force.
    ///
    /// A target whose settings have not changed keeps its poller, and nobody waits for one that is in a poll.
    private func pollersInForce(
        replacing old: [TargetPoller], in group: inout DiscardingTaskGroup
    ) -> [TargetPoller] {
        let settings = state.withLock(\.settings)
        var pollers: [TargetPoller] = []
        for poller in old {
            if poller.poll == settings.poll && settings.targets.contains(poller.target) {
                pollers.append(poller)
            } else {
                poller.interrupt()
            }
        }
        for target in settings.targets where !pollers.contains(where: { $0.target == target }) {
            let remediator = Remediator(
                target, settings.poll, desk: remediation, board: actions,
                settings: { [weak self] in
                    self?.state.withLock(\.settings.remediation) ?? RemediationSettings()
                }, clock: clock)
            let poller = TargetPoller(
                target, settings.poll, health: { [weak self] in self?.health(of: target.name) ?? HealthSettings() },
                remediator: remediator, store: store, clock: clock, logger: logger
            ) {
                [board, pages, desk, heap] snapshot, isFirstLookDone in
                board.put(snapshot, isFirstLookDone: isFirstLookDone)
                desk.offer(snapshot)
                pages.refresh(version: board.version)
                heap.turn()
            }
            pollers.append(poller)
            group.addTask { await remediator.run() }
            group.addTask {
                var poller = poller
                await poller.run()
            }
        }
        return pollers
    }

    /// The thresholds in force at a target, with the groups that remediation takes entries from.
    private func health(of target: String) -> HealthSettings {
        state.withLock { state in
            var health = state.settings.health
            health.remediated = state.settings.remediation.takings(at: target)
            return health
        }
    }

    private var heartbeat: HeartbeatTask {
        HeartbeatTask(
            settings: { [weak self] in
                self?.state.withLock { state in
                    state.settings.heartbeat.map { ($0, state.settings.poll.interval) }
                }
            },
            sender: sender, board: board, tally: deliveries, logger: logger)
    }

    /// Closes the addresses that are no longer to be listened on, and the servers that others have taken over from.
    private func closeSurplusServers() {
        let surplus = state.withLock { state in
            let surplus = state.servers.filter { !state.settings.http.listen.contains($0.key) }
            surplus.keys.forEach { state.servers[$0] = nil }
            defer { state.retired = [] }
            return surplus.values + state.retired
        }
        surplus.forEach { $0.stop() }
    }

    /// Opens the addresses that are not open yet, all of them or none, and has all be served as the settings say.
    private func listen(as http: HTTPSettings) throws(HTTPServerError) {
        let routes = Routes(
            board: board, alerts: alerts, actions: actions, pages: pages,
            isReloadEnabled: { [weak self] in self?.state.withLock(\.settings.http.enableReload) ?? false },
            reload: { [weak self] in self?.reload() })
        let policy = try HTTPPolicy(http.web, openPaths: Routes.probes, logger: logger)
        var opened: [(address: ListenAddress, server: HTTPServer)] = []
        do {
            for address in http.listen {
                guard let server = state.withLock({ $0.servers[address] }) else {
                    let server = try HTTPServer(
                        host: address.host, port: address.port, policy: policy, handler: routes.answer)
                    opened.append((address, server))
                    continue
                }
                guard server.speaksTLS != (policy.tls != nil) else { continue }
                let next = try HTTPServer(takingOverFrom: server, policy: policy, handler: routes.answer)
                opened.append((address, next))
            }
        } catch {
            opened.forEach { $0.server.stop() }
            throw error
        }
        for (address, server) in opened {
            state.withLock { state in
                if let former = state.servers.updateValue(server, forKey: address) { state.retired.append(former) }
            }
            let bound = ListenAddress(host: address.host, port: server.port)
            var metadata: Logger.Metadata = ["address": "\(server.speaksTLS ? "https" : "http")://\(bound)"]
            if !policy.users.isEmpty { metadata["users"] = "\(policy.users.count)" }
            logger.info("listening", metadata: metadata)
        }
        state.withLock(\.servers).values.forEach { $0.take(policy) }
    }
}
