import ArgumentParser
import Settings
import WeirDaemon

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a configuration file, and says all that is wrong with it.")

    @Argument(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var file: String

    @Option(
        name: .customLong("web.config.file"),
        help: ArgumentHelp("A web configuration to check as well, with its certificates.", valueName: "file"))
    var webConfigFile: String?

    func run() throws {
        do {
            let checked = try Settings.check(file: file, webConfigFile: webConfigFile)
            checked.warnings.forEach { StandardError.write("warning: \($0)\n") }
            StandardOutput.say("\(checked)")
        } catch {
            throw error.reported()
        }
    }
}
