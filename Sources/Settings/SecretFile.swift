import Platform

/// A file that holds a secret, not opened yet.
struct SecretFile {
    let path: String
    /// Where it was named.
    let origin: SettingsOrigin
    /// What is meant to be in it, for messages: `password`.
    let holds: String

    func secret(readFile: FileContents.Reader) throws(SettingsProblem) -> Secret {
        let contents: [UInt8]
        do throws(FileReadError) {
            contents = try readFile(path)
        } catch {
            throw SettingsProblem(origin: origin, complaint: .unreadable(error))
        }
        guard let secret = Secret(fileContents: contents) else {
            throw SettingsProblem(origin: origin, complaint: .emptyFile(of: holds))
        }
        return secret
    }
}
