import ArgumentParser
import Settings
import WeirDaemon

struct DiagnoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract:
            "Connects, and says what the server, its version, the user and the network allow, and what that costs.",
        discussion: """
            It only reads. Each line is ok, a note, warn or fail.
            Exit status 0 where all is well, 1 where something is missing or warned of, 3 where a Redis cannot be read.
            """)

    @Option(help: ArgumentHelp("Only this target.", valueName: "name"))
    var target: String?

    @OptionGroup var options: SettingsOptions

    func run() throws {
        let settings = try options.settings()
        let run = DiagnosisRun(settings, at: try settings.targets(named: target))
        throw ExitCode(DaemonProcess.run { await run.run(StandardOutput.say) })
    }
}
