import FoundationEssentials
import Settings

extension SettingsOptions {
    /// The settings that flags, environment and file make together; else what is wrong with them has been said, and the
    /// exit status is thrown.
    func settings() throws -> Settings {
        do {
            return try Settings.load(flags: flags, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw error.reported()
        }
    }
}
