import Platform

extension Invocation {
    /// The configuration file that was named, or the defaults; a name that is empty is a problem of its own.
    mutating func file(readFile: FileContents.Reader) -> SettingsFile {
        guard let path = path(.config) else { return isGiven(.config) ? .unnamed : SettingsFile() }
        return SettingsFile(path: path, readFile: readFile)
    }

    /// The web configuration that was named, or plain HTTP for everybody.
    mutating func webConfig(readFile: FileContents.Reader) -> WebConfigFile {
        path(.webConfigFile).map { WebConfigFile(path: $0, readFile: readFile) } ?? WebConfigFile()
    }

    private mutating func path(_ option: SettingsOption) -> String? {
        var path: String?
        read(option, into: &path) { text throws(Complaint) in
            if text.isEmpty { throw .empty(.path) }
            return text
        }
        return path
    }
}
