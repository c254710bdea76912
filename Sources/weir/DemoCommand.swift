import Alerting
import ArgumentParser
import DemoWorkload
import Logging
import Platform
import RedisClient
import Remediation
import Settings
import StreamHealth
import StreamModel
import WeirDaemon

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Starts a throwaway redis-server with a living workload, and watches it.",
        discussion: "Ctrl-C stops everything and leaves nothing behind.")

    @Option(help: ArgumentHelp("The port of the page; any free one if it is taken.", valueName: "port"))
    var port: UInt16 = 10_061

    func run() throws {
        let redis: ThrowawayRedis
        do {
            redis = try ThrowawayRedis()
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode.failure
        }
        // A process that is asked to stop comes back from here: the server is ended in any case.
        let status = watch(redis)
        redis.stop()
        throw ExitCode(status)
    }

    private func watch(_ redis: ThrowawayRedis) -> Int32 {
        let endpoint = redis.endpoint
        let isWanted = port != 0 && port != redis.port && LoopbackPort.isFree(port)
        let port = isWanted ? port : LoopbackPort.anyFree(besides: redis.port) ?? 0
        let logger = Logger(label: "weir", LogSettings())
        var settings = Settings(targets: [TargetSettings(name: "demo", topology: .single(endpoint))])
        settings.poll.interval = .seconds(1)
        // A crashed consumer is to be seen as one while somebody is looking.
        settings.health.usual.windowMilliseconds = 10_000
        settings.health.usual.staleAfterMilliseconds = 15_000
        settings.alerts.targets["demo"] = Self.alerts(settings)
        settings.remediation = Self.remediation
        settings.http.listen = [ListenAddress(host: "127.0.0.1", port: port)]
        let fixed = settings
        let daemon = Daemon(settings: fixed, logger: logger) { () throws(SettingsErrors) in fixed }
        return DaemonProcess.run(daemon, logger: logger) {
            let workload = try await Workload(on: endpoint)
            StandardError.write(Self.welcome(redis: endpoint.node, page: "http://127.0.0.1:\(port)"))
            try await withThrowingTaskGroup { group in
                group.addTask { await workload.run() }
                defer { workload.stop() }
                try await daemon.run()
                group.cancelAll()
            }
        }
    }

    /// It shows what it would do, and leaves the troubles where people look for them.
    private static var remediation: RemediationSettings {
        var remediation = RemediationSettings()
        remediation.mode = .dryRun
        remediation.policies = [
            RemediationPolicy(
                name: "rescue", stream: Glob("payments"), group: Glob("*"), action: .requeue(to: nil),
                minIdleMilliseconds: 15_000)
        ]
        return remediation
    }

    private static func alerts(_ settings: Settings) -> TargetAlertSettings {
        var alerts = TargetAlertSettings()
        alerts.intervalMilliseconds = settings.poll.interval.milliseconds
        alerts.windowMilliseconds = settings.health.usual.windowMilliseconds
        return alerts
    }

    private static func welcome(redis: String, page: String) -> String {
        """

        A throwaway redis-server is on \(redis), with a dozen agents at work on it:
        \(Workload.description)

        Look at
          \(page)/                   the state, in the browser
          \(page)/metrics            what Prometheus scrapes
          \(page)/api/v1/snapshot    the same as JSON
          \(page)/api/v1/alerts      what is wrong, by weir's rules
          \(page)/api/v1/actions     what it would do about the entries of the consumer that crashed
        Try
          \(CommandLine.arguments[0]) once --from \(page) --watch
          curl -s \(page)/metrics | grep -E 'lag|pending_max'
        Ctrl-C stops everything and leaves nothing behind.


        """
    }
}
