import ArgumentParser
import Platform
import WeirDaemon

struct PauseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Keeps weir from moving or deleting anything in Redis, until `weir resume`.",
        discussion: """
            The weir whose state_dir it is takes it up before its next action. It goes on watching and alerting.
            A second pause gives another reason.
            """)

    @Argument(help: "Why, for whoever wonders meanwhile.")
    var reason: [String] = []

    @OptionGroup var folder: StateFolderOptions

    func run() throws {
        let reason = reason.joined(separator: " ")
        let path = try folder.path(because: "a pause is a file")
        do {
            let folder = try PauseFolder(path)
            try folder.begin(reason: reason, at: SteadyClock.wall)
            StandardOutput.say(reason.isEmpty ? "remediation is paused" : "remediation is paused: \(reason)")
            if !folder.hasHadWeir {
                StandardOutput.say("no weir has run with this state_dir yet: is \(path) the right one?")
            }
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode.failure
        }
    }
}
