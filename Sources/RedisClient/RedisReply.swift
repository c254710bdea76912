/// What the server answered to one command, or a part of that.
///
/// A place on a tape that all replies of one exchange share.
package struct RedisReply: Sendable {
    package enum Content: Equatable, Sendable {
        case string([UInt8])
        case status(String)
        case integer(Int64)
        case array([RedisReply])
        case null
        case error(RedisErrorReply)
    }

    let tape: ReplyTape
    let index: Int

    init(on tape: ReplyTape, at index: Int) {
        self.tape = tape
        self.index = index
    }

    package var content: Content {
        switch token.kind {
        case .string: .string(Array(tape.text(at: index)))
        case .status: .status(line)
        case .error: .error(RedisErrorReply(message: line))
        case .integer: .integer(token.value)
        case .array: .array(list.map(Array.init) ?? [])
        case .null: .null
        }
    }

    private var token: ReplyToken { tape.tokens[index] }

    /// Of a status or an error, which are text.
    private var line: String { String(decoding: tape.text(at: index), as: UTF8.self) }
}

/// Its parts; each nil where it is something else.
extension RedisReply {
    package var integer: Int64? {
        token.kind == .integer ? token.value : nil
    }

    /// The bytes of a bulk string or of a status, where they are.
    package var text: ArraySlice<UInt8>? {
        token.kind == .string || token.kind == .status ? tape.text(at: index) : nil
    }

    /// The bytes of a bulk string or of a status, on their own.
    package var bytes: [UInt8]? { text.map(Array.init) }

    /// The elements of an array, to be gone through.
    package var list: ReplyList? {
        token.kind == .array
            ? ReplyList(on: tape, from: index + 1, to: token.end(from: index), count: Int(token.value)) : nil
    }

    /// The elements of an array, at hand.
    package var elements: [RedisReply]? { list.map(Array.init) }

    package var error: RedisErrorReply? {
        isError ? RedisErrorReply(message: line) : nil
    }

    package var isError: Bool { token.kind == .error }

    /// The bytes of all bulk strings within.
    package var stringBytes: Int {
        tape.tokens[index..<token.end(from: index)].reduce(0) { $1.kind == .string ? $0 + Int($1.extent) : $0 }
    }
}

/// Replies that no server has sent.
extension RedisReply {
    package static func string(_ bytes: [UInt8]) -> RedisReply { written { $0.append(.string, text: bytes) } }

    package static func status(_ text: String) -> RedisReply { written { $0.append(.status, text: text.utf8) } }

    package static func integer(_ value: Int64) -> RedisReply { written { $0.append(integer: value) } }

    package static func error(_ error: RedisErrorReply) -> RedisReply {
        written { $0.append(.error, text: error.message.utf8) }
    }

    package static func array(_ elements: [RedisReply]) -> RedisReply {
        written { tape in
            tape.append(arrayOf: elements.count)
            for element in elements { tape.append(element) }
        }
    }

    package static let null = written { $0.appendNull() }

    private static func written(_ write: (inout ReplyTapeBuilder) -> Void) -> RedisReply {
        var builder = ReplyTapeBuilder()
        write(&builder)
        return RedisReply(on: builder.finish(), at: 0)
    }
}

extension RedisReply: Hashable {
    package static func == (left: RedisReply, right: RedisReply) -> Bool { left.content == right.content }

    package func hash(into hasher: inout Hasher) { tape.hash(index..<token.end(from: index), into: &hasher) }
}

extension RedisReply: CustomStringConvertible {
    package var description: String {
        if case .string(let bytes) = content { String(decoding: bytes, as: UTF8.self) } else { "\(content)" }
    }
}
