import Delivery
import Platform

/// Keys that sign what a webhook gets, as they are written in settings.
enum SigningKeyText {
    /// Reads one key in each line: during a rotation there are two.
    static func keys(_ text: String) throws(Complaint) -> [Secret] {
        var keys: [Secret] = []
        for line in text.split(whereSeparator: \.isNewline) {
            keys.append(try signingKey(from: String(line)))
        }
        guard !keys.isEmpty else { throw .emptyFile(of: "signing secret") }
        return keys
    }

    /// One key, as `SigningKey` reads it.
    static func signingKey(from text: String) throws(Complaint) -> Secret {
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .controlCharacter
        }
        do {
            return try SigningKey.parse(text)
        } catch {
            throw .signingKey(error)
        }
    }
}
