internal import Glibc
internal import Synchronization

/// A real server behind a relay that answers some commands itself, as managed services do.
package final class RelayedRedis: Sendable {
    /// Takes one command at a time, of whichever client.
    private final class Upstream: Sendable {
        private let client: Mutex<HTTPClient>

        init(port: UInt16) throws(HTTPClientError) {
            client = Mutex(try HTTPClient(port: port))
        }

        /// The bytes of the server's reply; none where it has hung up.
        func ask(_ words: [String]) -> [UInt8] {
            let command = "*\(words.count)\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
            return client.withLock { client in
                guard sendAll(Array(command.utf8), to: client.descriptor) else { return [] }
                var reply: [UInt8] = []
                var block = [UInt8](repeating: 0, count: 64 * 1024)
                while RelayedRedis.endOfReply(reply, from: 0) == nil {
                    let count = unsafe recv(client.descriptor, &block, block.count, 0)
                    guard count > 0 else { return [] }
                    reply += block.prefix(count)
                }
                return reply
            }
        }
    }

    private let relay: FakeRedis

    /// `answer` gives its own answer to a command, or none: then the server is asked.
    package init(_ server: RedisServer, answering answer: @escaping @Sendable ([String]) -> FakeAnswer?) throws {
        let upstream = try Upstream(port: server.port)
        relay = try FakeRedis { words in answer(words) ?? .bytes(upstream.ask(words)) }
    }

    package var url: String { "redis://127.0.0.1:\(relay.port)" }

    /// The commands received so far, answered here or there.
    package var commands: [[String]] { relay.commands }

    /// Where the reply of RESP2 that begins at `start` ends; nil where more bytes are needed.
    private static func endOfReply(_ bytes: [UInt8], from start: Int) -> Int? {
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let count = Int(String(decoding: bytes[(start + 1)..<(end - 1)], as: UTF8.self)) ?? 0
        switch bytes[start] {
        case UInt8(ascii: "$") where count >= 0:
            return bytes.count >= end + 1 + count + 2 ? end + 1 + count + 2 : nil
        case UInt8(ascii: "*"):
            var next: Int? = end + 1
            for _ in 0..<max(count, 0) { next = next.flatMap { endOfReply(bytes, from: $0) } }
            return next
        default: return end + 1
        }
    }
}
