import ArgumentParser
import FoundationEssentials
import Logging
import Settings
import WeirDaemon

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Polls every target and serves /metrics, until SIGTERM. The default.",
        discussion: "Every flag has a variable: WEIR_REDIS for --redis, and so on; lists are comma-separated.")

    @OptionGroup var options: SettingsOptions

    func run() throws {
        let flags = options.flags
        let load: @Sendable () throws(SettingsErrors) -> Settings = { () throws(SettingsErrors) in
            try Settings.load(flags: flags, environment: ProcessInfo.processInfo.environment)
        }
        let settings: Settings
        do {
            settings = try load()
        } catch {
            throw error.reported()
        }
        let logger = Logger(label: "weir", settings.log)
        logger.info(
            "weir \(Version.current)", metadata: ["targets": "\(settings.targets.map(\.name).joined(separator: " "))"])
        let daemon = Daemon(settings: settings, logger: logger, load: load)
        throw ExitCode(DaemonProcess.run(daemon, logger: logger) { try await daemon.run() })
    }
}

extension Logger {
    init(label: String, _ settings: LogSettings) {
        let level: Logger.Level =
            switch settings.level {
            case .trace: .trace
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        let line = LogLine(format: settings.format == .json ? .json : .text, level: level)
        self.init(label: label) { _ in line }
    }
}
