import RedisClient
import TestSupport

/// A server of a version that no package has: it answers with what such a server was recorded to answer.
///
/// It holds the stream `orders` with ten entries, a second apart, of which the group `shippers` was given six and has
/// acknowledged two; its consumer `a` holds the third to the fifth, and `b` the sixth. From 8.8 the sixth was given back.
final class RecordedRedis: Sendable {
    enum Version: String, Sendable, CaseIterable {
        case v50 = "5.0.14"
        case v82 = "8.2.1"
        case v86 = "8.6.3"
        case v88 = "8.8.0"

        /// Idempotent producers.
        var hasProducers: Bool { self == .v86 || self == .v88 }
        /// XNACK.
        var canGiveBack: Bool { self == .v88 }
        var isOldest: Bool { self == .v50 }
    }

    private let server: FakeRedis

    /// `denied` are commands that the user may not run, such as `XINFO GROUPS`.
    init(_ version: Version, _ wire: WireReply.Version = .resp2, denied: Set<String> = []) throws {
        let replies = RecordedReplies(version: version, newest: 1_790_000_000_000)
        server = try FakeRedis { words in
            let name = RedisCommand(words.map { Array($0.utf8) }).name
            if denied.contains(name) {
                let command = name.lowercased().split(separator: " ").joined(separator: "|")
                return .error("NOPERM User default has no permissions to run the '\(command)' command")
            }
            return .bytes(replies.reply(to: name, words).bytes(wire))
        }
    }

    var url: String { "redis://127.0.0.1:\(server.port)" }

    /// The names of the commands that it was sent.
    var commands: Set<String> {
        Set(server.commands.map { RedisCommand($0.map { Array($0.utf8) }).name })
    }

    /// The commands that it was sent, as their words.
    var words: [[String]] { server.commands }
}
