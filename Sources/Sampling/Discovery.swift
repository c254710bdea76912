package import RedisClient
package import StreamModel

/// Finds the streams of a target by `SCAN`, one bounded step at a time.
///
/// A pure machine: `nextCommands` says what to ask, `ingest` takes the answer. New streams are watched as soon as they
/// are seen; those that a whole pass did not see are dropped at its end (a key that is gone is dropped earlier, by the
/// poll that misses it).
package struct Discovery: Sendable {
    /// One step looks at about this many keys, which costs the server well under a millisecond.
    private static let keysPerStep = "250"

    private enum Phase: Sendable {
        case idle
        case scanning(cursor: [UInt8])
        /// Before Redis 6.0, SCAN knows no TYPE: the keys of the last step, whose types are asked one by one.
        case asking(keys: [Name], cursor: [UInt8])
    }

    private let selection: StreamSelection
    private var phase = Phase.idle
    private var scanTakesType = true
    private var seen: Set<Name> = []
    /// Beyond the limit, by the pass under way and by the last.
    private var overflow = Overflow()
    private var lastOverflow: Overflow
    package private(set) var watched: Set<Name>
    package private(set) var error: SampleError?
    /// Whether a first pass has ended, well or not.
    package private(set) var hasFinishedOnce: Bool

    package init(_ selection: StreamSelection) {
        self.selection = selection
        let exact = selection.exactNames
        watched = Set(exact.prefix(selection.limit))
        lastOverflow = Overflow(exact.dropFirst(selection.limit))
        hasFinishedOnce = !selection.needsScan
    }

    /// How many streams are there beyond the limit.
    package var notSampled: Int { worse.count }

    /// Some of their names, sorted.
    package var namesNotSampled: [Name] { worse.sortedNames }

    /// A pass may yet find what the last one found.
    private var worse: Overflow { overflow.count > lastOverflow.count ? overflow : lastOverflow }

    package var isUnderWay: Bool {
        if case .idle = phase { false } else { true }
    }

    /// Whether a stream of that name is to be watched, where there is one.
    package func wants(_ name: Name) -> Bool { selection.wants(name) }

    /// Starts a pass, unless one is under way or none is needed.
    package mutating func begin() {
        guard selection.needsScan, !isUnderWay else { return }
        phase = .scanning(cursor: Array("0".utf8))
        seen = Set(selection.exactNames)
        // Those named beyond the limit may not be among the keys that the server is asked to list.
        overflow = Overflow(selection.exactNames.filter { !watched.contains($0) })
    }

    /// Ends a pass that the connection's end cut short: a cursor means nothing to a server that has restarted.
    package mutating func abandonPass() {
        phase = .idle
    }

    /// The stream was found by pattern, and its key is gone.
    package mutating func forget(_ name: Name) {
        guard !selection.exactNames.contains(name) else { return }
        watched.remove(name)
    }

    /// What to ask next; empty where no pass is under way.
    package func nextCommands() -> [RedisCommand] {
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

    /// Takes the replies to `nextCommands`.
    package mutating func ingest(_ replies: [RedisReply]) {
        switch phase {
        case .idle: return
        case .scanning: ingestScan(replies.first ?? .null)
        case .asking(let keys, let cursor):
            for (key, reply) in zip(keys, replies) where reply.bytes == Array("stream".utf8) { find(key) }
            proceed(to: cursor)
        }
    }

    private mutating func ingestScan(_ reply: RedisReply) {
        if let refusal = reply.error {
            if scanTakesType && refusal.message.hasPrefix("ERR syntax error") {
                scanTakesType = false
            } else {
                error = SampleError(refusal, to: "SCAN")
                finish()
            }
            return
        }
        guard let parts = reply.elements, parts.count == 2, let cursor = parts[0].bytes, let keys = parts[1].elements
        else {
            error = .unexpectedReply(command: "SCAN", what: "not a cursor and a list of keys")
            return finish()
        }
        let names = keys.compactMap(\.bytes).map { Name($0) }.filter(selection.wants)
        if scanTakesType || names.isEmpty {
            names.forEach { find($0) }
            proceed(to: cursor)
        } else {
            phase = .asking(keys: names, cursor: cursor)
        }
    }

    private mutating func find(_ name: Name) {
        if watched.contains(name) || watched.count < selection.limit {
            watched.insert(name)
            seen.insert(name)
        } else {
            overflow.insert(name)
        }
    }

    private mutating func proceed(to cursor: [UInt8]) {
        guard cursor == Array("0".utf8) else {
            phase = .scanning(cursor: cursor)
            return
        }
        error = nil
        watched.formIntersection(seen)
        lastOverflow = overflow
        finish()
    }

    private mutating func finish() {
        lastOverflow = worse
        overflow = Overflow()
        phase = .idle
        hasFinishedOnce = true
        seen = []
    }
}
