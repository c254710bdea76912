import RedisClient
import StreamModel

/// Lists the streams of one server by `SCAN`, one bounded step at a time.
///
/// A pure machine: `nextCommands` says what to ask, `ingest` takes the answer and gives what it brought.
struct KeyScan: Sendable {
    /// One step looks at about this many keys, which costs the server well under a millisecond.
    private static let keysPerStep = "100"

    private enum Phase: Sendable {
        case idle
        case scanning(cursor: [UInt8])
        /// Before Redis 6.0, SCAN knows no TYPE: the keys of the last step, whose types are asked one by one.
        case asking(keys: [Name], cursor: [UInt8])
    }

    private let selection: StreamSelection
    private var phase = Phase.idle
    private var scanTakesType = true

    init(_ selection: StreamSelection) {
        self.selection = selection
    }

    var isUnderWay: Bool {
        if case .idle = phase { false } else { true }
    }

    /// Starts at the first key.
    mutating func begin() {
        phase = .scanning(cursor: Array("0".utf8))
    }

    mutating func abandon() {
        phase = .idle
    }

    /// What to ask next; empty where nothing is under way.
    func nextCommands() -> [RedisCommand] {
        switch phase {
        case .idle: return []
        case .scanning(let cursor):
            let match = selection.scanPattern.map { [Array("MATCH".utf8), $0.pattern] } ?? []
            let type = scanTakesType ? ["TYPE", "stream"] : []
            let rest = match + (["COUNT", Self.keysPerStep] + type).map { Array($0.utf8) }
            return [RedisCommand("SCAN", key: cursor, then: rest)]
        case .asking(let keys, _):
            return keys.map { RedisCommand("TYPE", key: $0.bytes) }
        }
    }

    /// Takes the replies to `nextCommands`, and gives the streams that they have shown; an error ends the scan.
    mutating func ingest(_ replies: [RedisReply]) throws(SampleError) -> [Name] {
        switch phase {
        case .idle: return []
        case .scanning: return try ingestScan(replies.first ?? .null)
        case .asking(let keys, let cursor):
            proceed(to: cursor)
            return zip(keys, replies).filter { $0.1.bytes == Array("stream".utf8) }.map(\.0)
        }
    }

    private mutating func ingestScan(_ reply: RedisReply) throws(SampleError) -> [Name] {
        if let refusal = reply.error {
            guard scanTakesType && refusal.message.hasPrefix("ERR syntax error") else {
                phase = .idle
                throw SampleError(refusal, to: "SCAN")
            }
            scanTakesType = false
            return []
        }
        guard let parts = reply.elements, parts.count == 2, let cursor = parts[0].bytes, let keys = parts[1].elements
        else {
            phase = .idle
            throw .unexpectedReply(command: "SCAN", what: "not a cursor and a list of keys")
        }
        let names = keys.compactMap(\.bytes).map { Name($0) }.filter(selection.wants)
        if scanTakesType || names.isEmpty {
            proceed(to: cursor)
            return names
        }
        phase = .asking(keys: names, cursor: cursor)
        return []
    }

    private mutating func proceed(to cursor: [UInt8]) {
        phase = cursor == Array("0".utf8) ? .idle : .scanning(cursor: cursor)
    }
}
