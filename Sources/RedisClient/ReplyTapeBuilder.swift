/// A tape that is being written, value by value.
struct ReplyTapeBuilder {
    private var tokens: [ReplyToken] = []
    private var bytes: [UInt8] = []
    /// What the last tape took: the next one of an exchange is likely to take as much.
    private var expected = (tokens: 0, bytes: 0)

    /// Where the next value will be.
    var end: Int { tokens.count }

    mutating func append(_ kind: ReplyToken.Kind, text: some Collection<UInt8>) {
        append(ReplyToken(kind: kind, extent: UInt32(clamping: text.count), value: Int64(bytes.count)))
        bytes.append(contentsOf: text)
    }

    mutating func append(integer: Int64) {
        append(ReplyToken(kind: .integer, extent: 1, value: integer))
    }

    /// Its elements follow.
    mutating func append(arrayOf count: Int) {
        append(ReplyToken(kind: .array, extent: 1, value: Int64(count)))
    }

    mutating func appendNull() {
        append(ReplyToken(kind: .null, extent: 1, value: 0))
    }

    mutating func append(_ reply: RedisReply) {
        let tape = reply.tape
        for index in reply.index..<tape.tokens[reply.index].end(from: reply.index) {
            var token = tape.tokens[index]
            switch token.kind {
            case .string, .status, .error:
                token.value = Int64(bytes.count)
                bytes += tape.text(at: index)
            case .integer, .array, .null: break
            }
            append(token)
        }
    }

    /// The tape, of which every array is whole; the builder is empty then.
    mutating func finish() -> ReplyTape {
        // From the end, so that what an array holds is known before it.
        for index in tokens.indices.reversed() where tokens[index].kind == .array {
            var end = index + 1
            for _ in 0..<tokens[index].value { end = tokens[end].end(from: end) }
            tokens[index].extent = UInt32(clamping: end - index)
        }
        defer {
            expected = (tokens.count, bytes.count)
            (tokens, bytes) = ([], [])
        }
        return ReplyTape(tokens: tokens, bytes: bytes)
    }

    private mutating func append(_ token: ReplyToken) {
        // Not before there is something: between two exchanges nothing is held.
        if tokens.isEmpty {
            tokens.reserveCapacity(expected.tokens)
            bytes.reserveCapacity(expected.bytes)
        }
        tokens.append(token)
    }
}
