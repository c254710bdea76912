import ArgumentParser
import FoundationEssentials
import Settings

/// Where the folder of a weir is, for commands that leave files there.
struct StateFolderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file of the weir.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The folder of the weir for what is to outlive it.", valueName: "folder"))
    var stateDir: String?

    /// `needed`: why, as in `silences are files`.
    func path(because needed: String) throws -> String {
        let flags = SettingsFlags(config: config, stateDir: stateDir)
        let path: String?
        do {
            path = try Settings.stateDirectory(flags: flags, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw error.reported()
        }
        guard let path else {
            throw ValidationError(
                "\(needed) in state_dir: give --state-dir, WEIR_STATE_DIR, or a --config that has one")
        }
        return path
    }
}
