package import RedisClient

/// A reply as the server means it, which is sent differently in RESP2 and in RESP3.
package indirect enum WireReply: Sendable {
    case status(String)
    case error(String)
    case integer(Int64)
    case string([UInt8])
    case array([WireReply])
    case null
    case map([(WireReply, WireReply)])
    case set([WireReply])
    case boolean(Bool)
    case double(String)
    case bigNumber(String)
    case verbatim(String)
    case blobError(String)
    /// With this before it, in RESP3.
    case attributed([(WireReply, WireReply)], WireReply)

    /// A map whose keys are strings.
    package static func fields(_ fields: [(String, WireReply)]) -> WireReply {
        .map(fields.map { (.text($0.0), $0.1) })
    }

    /// A string of text.
    package static func text(_ text: String) -> WireReply { .string(Array(text.utf8)) }

    package enum Version: Sendable, CaseIterable {
        case resp2
        case resp3
    }

    package func bytes(_ version: Version) -> [UInt8] {
        version == .resp2 ? reply.wireBytes : resp3
    }

    /// What a client of RESP2 gets.
    package var reply: RedisReply {
        switch self {
        case .status(let text): .status(text)
        case .error(let text), .blobError(let text): .error(RedisErrorReply(message: text))
        case .integer(let value): .integer(value)
        case .string(let bytes): .string(bytes)
        case .array(let elements), .set(let elements): .array(elements.map(\.reply))
        case .null: .null
        case .map(let pairs): .array(pairs.flatMap { [$0.0.reply, $0.1.reply] })
        case .boolean(let value): .integer(value ? 1 : 0)
        case .double(let text), .bigNumber(let text), .verbatim(let text): .text(text)
        case .attributed(_, let reply): reply.reply
        }
    }

    private var resp3: [UInt8] {
        switch self {
        case .status, .error, .integer, .string: reply.wireBytes
        case .array(let elements): line("*\(elements.count)") + elements.flatMap(\.resp3)
        case .set(let elements): line("~\(elements.count)") + elements.flatMap(\.resp3)
        case .null: line("_")
        case .map(let pairs): line("%\(pairs.count)") + pairs.flatMap { $0.0.resp3 + $0.1.resp3 }
        case .boolean(let value): line(value ? "#t" : "#f")
        case .double(let text): line(",\(text)")
        case .bigNumber(let text): line("(\(text)")
        case .verbatim(let text): line("=\(text.utf8.count + 4)") + line("txt:\(text)")
        case .blobError(let text): line("!\(text.utf8.count)") + line(text)
        case .attributed(let pairs, let reply):
            line("|\(pairs.count)") + pairs.flatMap { $0.0.resp3 + $0.1.resp3 } + reply.resp3
        }
    }

    private func line(_ text: String) -> [UInt8] { Array("\(text)\r\n".utf8) }
}
