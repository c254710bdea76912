import FoundationEssentials
import Platform

/// Keys that sign what a webhook gets, as they are written in settings.
enum SigningKeyText {
    /// Of what follows `whsec_`, once it is decoded.
    private static let byteCounts = 24...64

    /// Reads one key in each line: during a rotation there are two.
    static func keys(_ text: String) throws(Complaint) -> [Secret] {
        var keys: [Secret] = []
        for line in text.split(whereSeparator: \.isNewline) {
            keys.append(try signingKey(from: String(line)))
        }
        guard !keys.isEmpty else { throw .emptyFile(of: "signing secret") }
        return keys
    }

    /// `whsec_` and base64 as Standard Webhooks has it, or else the text itself.
    static func signingKey(from text: String) throws(Complaint) -> Secret {
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .controlCharacter
        }
        let prefix = "whsec_"
        guard text.hasPrefix(prefix) else { return Secret(Array(text.utf8)) }
        guard let key = Data(base64Encoded: String(text.dropFirst(prefix.count))), byteCounts.contains(key.count) else {
            throw .signingKey
        }
        return Secret(Array(key))
    }
}
