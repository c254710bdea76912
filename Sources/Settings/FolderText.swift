/// The path of a folder as it is written in settings.
enum FolderText {
    static func parse(_ text: String) throws(Complaint) -> String {
        guard !text.isEmpty else { throw .empty(.folder) }
        // A path is shown in messages, and a URL may hold a password.
        guard !text.contains("://") else { throw .wrongShape(found: "a URL", meant: .folder) }
        guard !text.utf8.contains(0) else { throw .controlCharacter }
        return text
    }
}
