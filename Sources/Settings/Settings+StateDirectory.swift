package import Platform

extension Settings {
    /// The state folder alone, as `load` would decide it: for a command that needs to know no Redis.
    package static func stateDirectory(
        flags: SettingsFlags, environment: [String: String],
        readFile: FileContents.Reader = FileContents.read
    ) throws(SettingsErrors) -> String? {
        var invocation = Invocation(flags: flags, environment: environment)
        let file = invocation.file(readFile: readFile)
        var path = file.stateDirectory
        invocation.read(.stateDir, into: &path) { text throws(Complaint) in
            try PathText.parse(text, meant: .folder)
        }
        let problems = invocation.problems + file.problems
        guard problems.isEmpty else { throw SettingsErrors(problems) }
        return path
    }
}
