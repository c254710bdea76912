import ArgumentParser
import WeirDaemon

struct ResumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Ends a `weir pause`.",
        discussion: "The weir whose state_dir it is takes it up within seconds.")

    @OptionGroup var folder: StateFolderOptions

    func run() throws {
        let path = try folder.path(because: "a pause is a file")
        let wasPaused: Bool
        do {
            wasPaused = try PauseFolder(path).end()
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode.failure
        }
        StandardOutput.say(wasPaused ? "remediation is no longer paused" : "remediation is not paused")
        if !wasPaused { throw ExitCode.failure }
    }
}
