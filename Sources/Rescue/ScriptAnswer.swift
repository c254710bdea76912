import RedisClient
import Remediation
import Sampling

/// What each of the scripts answers: a text that is empty or says what stopped it, rows about what it dealt with, and,
/// where a command was refused, which.
struct ScriptAnswer: Equatable, Sendable {
    var rows: [[RedisReply]]
    var obstacle: RemediationOutcome.Obstacle?

    init(_ reply: RedisReply) throws(RemediationOutcome.Obstacle) {
        guard let parts = reply.elements, parts.count >= 2, let text = parts[0].bytes, let rows = parts[1].elements
        else { throw Self.notUnderstood }
        self.rows = rows.map { $0.elements ?? [] }
        let command = parts.dropFirst(2).first?.bytes.map { String(decoding: $0, as: UTF8.self) }
        obstacle = text.isEmpty ? nil : Self.obstacle(String(decoding: text, as: UTF8.self), command)
    }

    static let notUnderstood = RemediationOutcome.Obstacle.server("the script answered what weir does not understand")

    private static func obstacle(_ text: String, _ command: String?) -> RemediationOutcome.Obstacle {
        if text.hasPrefix("GROUPS "), let count = Int(text.dropFirst("GROUPS ".count)) {
            return .refused(.otherGroups(count: count))
        }
        let cleaned = cleaned(text)
        // Before Redis 7.2 it is not said what this user may not run.
        guard let command, cleaned.contains("can't run this command") else { return .server(cleaned) }
        return .server("\(cleaned) (\(command))")
    }

    /// The error as the server would answer it to a client: Redis 6 puts the script's line before its own errors, as in
    /// `@user_script: 10: -OOM command not allowed …`.
    private static func cleaned(_ text: String) -> String {
        var rest = text[...]
        if rest.hasPrefix("@user_script: "), let colon = rest.dropFirst("@user_script: ".count).firstIndex(of: ":") {
            rest = rest[rest.index(after: colon)...].drop { $0 == " " }
        }
        return String(rest.hasPrefix("-") ? rest.dropFirst() : rest)
    }
}
