import Crypto
import RedisClient
import StreamModel

/// A Lua script, which the server runs while it does nothing else.
struct ServerScript: Sendable {
    let source: String
    /// By which the server knows it once it has seen it; nil: the source is sent each time.
    private let digest: String?

    init(_ source: String) {
        self.source = source
        digest = Digest.sha1(Array(source.utf8))?.hexadecimal
    }

    /// By its digest; nil where there is none.
    func shortCommand(_ keys: [Name], _ arguments: [[UInt8]]) -> RedisCommand? {
        digest.map { command("EVALSHA", $0, keys, arguments) }
    }

    /// With the source, which the server keeps.
    func wholeCommand(_ keys: [Name], _ arguments: [[UInt8]]) -> RedisCommand {
        command("EVAL", source, keys, arguments)
    }

    private func command(_ name: String, _ text: String, _ keys: [Name], _ arguments: [[UInt8]]) -> RedisCommand {
        let head = [name, text, String(keys.count)].map { Array($0.utf8) }
        return RedisCommand(head + keys.map(\.bytes) + arguments)
    }
}
