import RedisClient
import StreamModel
import TestSupport

/// Does random things to a real stream and to its truth alike.
struct RandomHistory {
    struct Kinds {
        var deletes = true
        var setID = true
        var scale = 1
    }

    static let key = "orders"

    private let client: ServerCommands
    private let kinds: Kinds
    private var random: SplitMix64
    private(set) var truth = TrueStream()
    /// The last things that were done, for the message of a test that fails.
    private(set) var log: [String] = []
    private var lastID = StreamID.zero

    init(_ client: ServerCommands, kinds: Kinds, seed: UInt64) {
        self.client = client
        self.kinds = kinds
        random = SplitMix64(seed: seed)
    }

    mutating func step() async throws {
        switch Int.random(in: 0..<100, using: &random) {
        case ..<34: try await add(Int.random(in: 1...6 * kinds.scale, using: &random))
        case ..<62: try await read()
        case ..<70: try await acknowledge()
        case ..<78: try await trim()
        case ..<86: try await delete()
        case ..<93: try await create()
        case ..<96: try await setID()
        case ..<97: try await destroy()
        case ..<99: try await deleteConsumer()
        default: try await recreate()
        }
    }

    private mutating func run(_ words: String...) async throws -> RedisReply {
        log = log.suffix(24) + [words.joined(separator: " ")]
        return try await client.send(words.map { Array($0.utf8) })
    }

    private mutating func add(_ count: Int) async throws {
        var commands: [RedisCommand] = []
        for _ in 0..<count {
            // IDs of the test's own: with the server's clock a whole history would lie within a few milliseconds.
            lastID = StreamID(
                milliseconds: lastID.milliseconds + UInt64.random(in: 1...3, using: &random), sequence: 0)
            commands.append(RedisCommand("XADD", Self.key, "\(lastID)", "f", "v"))
            truth.add(lastID)
        }
        log = log.suffix(24) + ["XADD \(count) entries until \(lastID)"]
        for reply in try await client.connection.pipeline(commands).replies {
            if let error = reply.error { throw error }
        }
    }

    private mutating func read() async throws {
        guard let group = anyGroup() else { return }
        let count = Int.random(in: 1...8 * kinds.scale, using: &random)
        let consumer = "c\(Int.random(in: 0..<3, using: &random))"
        let isUnacknowledged = Int.random(in: 0..<5, using: &random) == 0
        let reply =
            isUnacknowledged
            ? try await run(
                "XREADGROUP", "GROUP", group, consumer, "COUNT", "\(count)", "NOACK", "STREAMS", Self.key, ">")
            : try await run("XREADGROUP", "GROUP", group, consumer, "COUNT", "\(count)", "STREAMS", Self.key, ">")
        let entries = reply.elements?.first?.elements?.last?.elements ?? []
        truth.deliver(entries.compactMap { $0.elements?.first?.bytes.flatMap { StreamID($0) } }, to: group)
    }

    private mutating func acknowledge() async throws {
        guard let group = anyGroup() else { return }
        let rows = try await run("XPENDING", Self.key, group, "-", "+", "3").elements ?? []
        for row in rows {
            guard let id = row.elements?.first?.bytes else { continue }
            _ = try await run("XACK", Self.key, group, String(decoding: id, as: UTF8.self))
        }
    }

    private mutating func trim() async throws {
        guard !truth.entries.isEmpty else { return }
        let kept = Int.random(in: 0...truth.entries.count, using: &random)
        _ = try await run("XTRIM", Self.key, "MAXLEN", "\(kept)")
        truth.trim(to: kept)
    }

    private mutating func delete() async throws {
        guard kinds.deletes, let id = truth.entries.randomElement(using: &random) else { return }
        _ = try await run("XDEL", Self.key, "\(id)")
        truth.delete(id)
    }

    private mutating func create() async throws {
        let name = "g\(Int.random(in: 0..<4, using: &random))"
        guard truth.groups[name] == nil, lastID > .zero else { return }
        let id = anyID()
        _ = try await run("XGROUP", "CREATE", Self.key, name, "\(id)", "MKSTREAM")
        truth.create(name, at: id)
    }

    private mutating func setID() async throws {
        guard kinds.setID, let group = anyGroup() else { return }
        let id = anyID()
        _ = try await run("XGROUP", "SETID", Self.key, group, "\(id)")
        truth.set(group, to: id)
    }

    private mutating func destroy() async throws {
        guard let group = anyGroup() else { return }
        _ = try await run("XGROUP", "DESTROY", Self.key, group)
        truth.destroy(group)
    }

    private mutating func deleteConsumer() async throws {
        guard let group = anyGroup() else { return }
        _ = try await run("XGROUP", "DELCONSUMER", Self.key, group, "c0")
    }

    private mutating func recreate() async throws {
        _ = try await run("DEL", Self.key)
        truth.removeAll()
        if Bool.random(using: &random) { lastID = .zero }
    }

    private mutating func anyGroup() -> String? {
        truth.groups.keys.sorted().randomElement(using: &random)
    }

    /// The beginning, the end, or somewhere in between.
    private mutating func anyID() -> StreamID {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .zero
        case 1: lastID
        default: truth.entries.randomElement(using: &random) ?? lastID
        }
    }
}
