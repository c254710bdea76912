/// A path that messages show, as it is written in settings.
enum PathText {
    static func parse(_ text: String, meant: Expectation) throws(Complaint) -> String {
        guard !text.isEmpty else { throw .empty(meant) }
        // A URL may hold a password.
        guard !text.contains("://") else { throw .wrongShape(found: "a URL", meant: meant) }
        // A key that was put where its file is meant.
        guard !text.contains("-----BEGIN") else { throw .wrongShape(found: "what the file holds", meant: meant) }
        guard !text.utf8.contains(0) else { throw .controlCharacter }
        return text
    }
}
