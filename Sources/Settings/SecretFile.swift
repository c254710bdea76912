/// A file that holds a secret, not opened yet.
struct SecretFile {
    let path: String
    /// Where it was named.
    let origin: SettingsOrigin
    /// What is meant to be in it, for messages: `password`.
    let holds: String

    /// What the file holds: everything but one newline at the end.
    func bytes(readFile: (String) throws(FileReadError) -> [UInt8]) throws(SettingsProblem) -> [UInt8] {
        var bytes: [UInt8]
        do throws(FileReadError) {
            bytes = try readFile(path)
        } catch {
            throw SettingsProblem(origin: origin, complaint: .unreadable(error))
        }
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard !bytes.isEmpty else { throw SettingsProblem(origin: origin, complaint: .emptyFile(of: holds)) }
        return bytes
    }
}
