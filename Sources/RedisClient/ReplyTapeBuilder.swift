/// A tape that is being written, value by value.
struct ReplyTapeBuilder {
    private var tokens: [ReplyToken] = []
    private var bytes: [UInt8] = []

    /// Where the next value will be.
    var end: Int { tokens.count }

    mutating func append(_ kind: ReplyToken.Kind, text: some Collection<UInt8>) {
        tokens.append(ReplyToken(kind: kind, extent: UInt32(clamping: text.count), value: Int64(bytes.count)))
        bytes.append(contentsOf: text)
    }

    mutating func append(integer: Int64) {
        tokens.append(ReplyToken(kind: .integer, extent: 1, value: integer))
    }

    /// Its elements follow.
    mutating func append(arrayOf count: Int) {
        tokens.append(ReplyToken(kind: .array, extent: 1, value: Int64(count)))
    }

    mutating func appendNull() {
        tokens.append(ReplyToken(kind: .null, extent: 1, value: 0))
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
            tokens.append(token)
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
        defer { self = ReplyTapeBuilder() }
        return ReplyTape(tokens: tokens, bytes: bytes)
    }
}
