package import RedisClient

/// What a `FakeRedis` does about one command.
package enum FakeAnswer: Sendable {
    case bytes([UInt8])
    /// One byte at a time.
    case trickle([UInt8], every: Duration)
    case bytesThenHangUp([UInt8])
    /// Nothing, now or later.
    case silence

    package static func reply(_ reply: RedisReply) -> FakeAnswer { .bytes(reply.wireBytes) }
    package static var ok: FakeAnswer { .reply(.status("OK")) }
    package static func error(_ message: String) -> FakeAnswer {
        .reply(.error(RedisErrorReply(message: message)))
    }
}

extension RedisReply {
    /// The reply as a server of RESP2 sends it.
    package var wireBytes: [UInt8] {
        switch content {
        case .string(let bytes): Array("$\(bytes.count)\r\n".utf8) + bytes + Array("\r\n".utf8)
        case .status(let text): Array("+\(text)\r\n".utf8)
        case .integer(let value): Array(":\(value)\r\n".utf8)
        case .array(let elements): Array("*\(elements.count)\r\n".utf8) + elements.flatMap(\.wireBytes)
        case .null: Array("$-1\r\n".utf8)
        case .error(let error): Array("-\(error.message)\r\n".utf8)
        }
    }

    /// A bulk string of text.
    package static func text(_ text: String) -> RedisReply { .string(Array(text.utf8)) }
}
