import ArgumentParser
import FoundationEssentials
import Settings
import WeirDaemon

struct OnceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "once",
        abstract: "Looks at every stream once, and prints what is wrong and a table.",
        discussion: """
            Exit status 0: nothing is wrong; 1: a warning; 2: something critical; 3: Redis, or the weir that was \
            asked, cannot be read. Nothing is written, neither to Redis nor to files.
            """)

    @Flag(help: "Print the document of /api/v1/snapshot.")
    var json = false

    @Flag(help: "Go on looking, every --interval; q quits.")
    var watch = false

    @Option(help: ArgumentHelp("Ask a running weir, such as http://localhost:10061.", valueName: "url"))
    var from: String?

    @Option(
        help: ArgumentHelp("How long to look until all streams have been seen, such as 10s.", valueName: "duration"))
    var timeout = "10s"

    @OptionGroup var options: SettingsOptions

    private static let shortestTimeout = Duration.milliseconds(100)

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let limit = try limit()
        let (once, interval): (OnceRun, Duration)
        if let from {
            (once, interval) = (try asking(from, limit, environment), try self.interval(environment))
        } else {
            let settings = try options.settings()
            once = OnceRun(settings, limit: limit, isWatch: watch, isJSON: json, environment: environment)
            interval = settings.poll.interval
        }
        let status = watch ? once.watch(every: interval) : once.look()
        // A success that is thrown prints an empty line.
        if status != 0 { throw ExitCode(status) }
    }

    private func limit() throws -> Duration {
        let limit: Duration
        do {
            limit = try DurationText.parse(timeout)
        } catch {
            throw ValidationError("--timeout: \(error)")
        }
        guard limit >= Self.shortestTimeout else { throw ValidationError("--timeout: it is at least 100ms") }
        return limit
    }

    private func asking(_ url: String, _ limit: Duration, _ environment: [String: String]) throws -> OnceRun {
        var others = options.flags
        others.interval = nil
        guard others == SettingsFlags() else {
            throw ValidationError("--from asks a weir, which has its own settings: \(others) cannot go with it")
        }
        do {
            return OnceRun(
                from: try WeirURL(parsing: url), limit: limit, isJSON: json, environment: environment)
        } catch {
            throw ValidationError(
                "--from: \(error.what); the URL of a running weir is meant, such as http://127.0.0.1:10061")
        }
    }

    private func interval(_ environment: [String: String]) throws -> Duration {
        do {
            return try PollSettings.interval(
                flags: SettingsFlags(interval: options.interval), environment: environment)
        } catch {
            throw error.reported()
        }
    }
}
