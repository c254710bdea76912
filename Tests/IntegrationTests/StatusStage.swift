import RedisClient
import StreamModel
import TestSupport

/// A server with the group `g` on the stream `s`, and what its producers and consumers do.
struct StatusStage {
    let server: RedisServer
    private(set) var client: ServerCommands

    init(_ program: ServerProgram, _ arguments: [String] = [], entries: Int = 0) async throws {
        server = try await RedisServer(arguments, program: program.command)
        client = try await server.client()
        try await client.send("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM")
        try await add(entries)
    }

    /// Ends the server, lets `meanwhile` happen, and starts it again.
    mutating func restart(
        whileLoading: Bool = false, _ meanwhile: () async throws -> Void = {}
    ) async throws {
        server.kill()
        try await meanwhile()
        try await server.restart(whileLoading: whileLoading)
        client = try await server.client()
    }

    func add(_ entries: Int) async throws {
        for _ in 0..<entries { try await client.send("XADD", "s", "*", "f", "v") }
    }

    /// Reads up to `count` entries, new ones where nothing else is said, and returns their IDs.
    @discardableResult
    func read(
        _ consumer: String, _ count: Int, from id: String = ">", noAck: Bool = false
    ) async throws -> [String] {
        let words = ["XREADGROUP", "GROUP", "g", consumer, "COUNT", "\(count)"] + (noAck ? ["NOACK"] : [])
        let reply = try await client.send((words + ["STREAMS", "s", id]).map { Array($0.utf8) })
        return (reply.elements?.first?.elements?.last?.elements ?? []).compactMap { entry in
            entry.elements?.first?.bytes.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    func acknowledge(_ ids: [String]) async throws {
        for id in ids { try await client.send("XACK", "s", "g", id) }
    }
}

extension GroupStatus {
    static let alarming: Set<GroupStatus> = [.lagging, .stalled, .stopped, .losing, .abandoned]
}

extension ConsumerStatus {
    static let dead: Set<ConsumerStatus> = [.stale, .stuck]
}
