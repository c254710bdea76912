import ArgumentParser
import Inspection
import Settings
import StreamModel
import Terminal
import WeirDaemon

struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Says what became of one entry, in its stream and in each group.",
        discussion: """
            It only reads, and shows nothing of what the entry holds. ID is as Redis has it, 1700000000000-0, or its
            milliseconds alone where one entry was added then.
            Exit status 0 where that was found out, of one group at least, 1 where there is no such stream or no group, 3 \
            where Redis cannot be read or does not tell.
            """)

    @Argument(help: ArgumentHelp("The stream, with \\xNN for bytes that are no text.", valueName: "stream"))
    var name: String

    @Argument(help: ArgumentHelp("The entry.", valueName: "id"))
    var id: String

    @Option(help: ArgumentHelp("Which of several targets, where more than one has such a stream.", valueName: "name"))
    var target: String?

    @Option(
        help: ArgumentHelp("How long to watch how fast the groups are, such as 2s; 0s: not.", valueName: "duration"))
    var wait = "2s"

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func run() throws {
        guard let entry = EntryReference(id) else {
            throw ValidationError(
                "the ID: \"\(VisibleText.escaping(id))\" is not <milliseconds>-<sequence>, nor milliseconds")
        }
        let wait: Duration
        do {
            wait = try DurationText.parse(self.wait)
        } catch {
            throw ValidationError("--wait: \(error)")
        }
        guard wait <= .seconds(60) else { throw ValidationError("--wait: at most 1m") }
        let settings = try options.settings()
        let run = TraceRun(
            of: entry, in: Name(unescaping: name), at: try settings.targets(named: target), settings.poll, wait: wait,
            isJSON: json)
        throw ExitCode(DaemonProcess.run { await run.run(StandardOutput.say) })
    }
}
