import Alerting
import ArgumentParser
import Platform
import Settings
import StreamModel
import WeirDaemon

struct SilenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Keeps weir from telling of some alerts for a while; it shows them all the same.",
        discussion: """
            MATCH is a rule's name, or labels with patterns: GroupStopped, 'stream=orders*,group=shippers', '*'.
            DURATION is such as 30m or 4h; 0s ends the silences that were made with the same MATCH.
            The weir whose state_dir it is takes it up within seconds.
            """)

    @Argument(help: "Which alerts.")
    var match: String

    @Argument(help: "For how long.")
    var duration: String

    @Option(help: ArgumentHelp("Why, for whoever looks at the alerts meanwhile.", valueName: "text"))
    var comment: String = ""

    @OptionGroup var folder: StateFolderOptions

    func run() throws {
        let matchers: [Silence.Matcher]
        do {
            matchers = try Silence.matchers(parsing: match)
        } catch {
            throw ValidationError("\(error)")
        }
        let length: Duration
        do {
            length = try DurationText.parse(duration)
        } catch {
            throw ValidationError("the duration: \(error)")
        }
        let path = try folder.path(because: "silences are files")
        do {
            let silences = try SilenceFolder(path)
            if length == .zero {
                let ended = try silences.end(matchers)
                StandardOutput.say(ended == 0 ? "there is no silence of \(match)" : "ended: \(match)")
                if ended == 0 { throw ExitCode.failure }
            } else {
                let silence = try silences.begin(matchers, for: length, comment: comment, at: SteadyClock.wall)
                StandardOutput.say("silenced until \(silence.endsAt.rfc3339): \(match)")
            }
        } catch let error as ExitCode {
            throw error
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode.failure
        }
    }
}
