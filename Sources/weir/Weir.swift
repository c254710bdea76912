import ArgumentParser
import WeirDaemon

struct Weir: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "weir",
        abstract: "Measures Redis and Valkey streams, and says plainly what is wrong with them.",
        version: "weir \(Version.current)",
        subcommands: [
            RunCommand.self, OnceCommand.self, DemoCommand.self, TraceCommand.self, DiagnoseCommand.self,
            CheckCommand.self, HealthcheckCommand.self, NotifyTestCommand.self, SilenceCommand.self,
            PauseCommand.self, ResumeCommand.self, ACLCommand.self,
        ],
        defaultSubcommand: RunCommand.self)
}
