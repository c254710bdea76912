import Platform

extension Invocation {
    /// The configuration file that was named, or the defaults; a name that is empty is a problem of its own.
    mutating func file(readFile: FileContents.Reader) -> SettingsFile {
        var path: String?
        read(.config, into: &path) { text throws(Complaint) in
            if text.isEmpty { throw .empty(.path) }
            return text
        }
        guard let path else { return isGiven(.config) ? .unnamed : SettingsFile() }
        return SettingsFile(path: path, readFile: readFile)
    }
}
