import ArgumentParser
import Settings
import WeirDaemon

extension SettingsErrors {
    /// Says what is wrong, and gives the exit status that goes with it: 64 for bad usage, 78 for a bad file.
    func reported() -> ExitCode {
        // The name of a file is repeated as it was typed.
        StandardError.write(Redaction.withoutCredentials("\(self)\n"))
        return ExitCode(kind == .usage ? 64 : 78)
    }
}
