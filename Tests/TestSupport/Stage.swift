package import RedisClient
package import StreamModel

/// A real server whose groups hold entries: `g` of the stream `s`, where nothing else is said.
package struct Stage: Sendable {
    package let server: RedisServer
    package var client: ServerCommands

    package init(_ program: ServerProgram, _ arguments: [String] = []) async throws {
        server = try await RedisServer(arguments, program: program.command)
        client = try await server.client()
    }

    /// Adds entries to the stream and has the consumer hold them, delivered so often and idle for so long.
    @discardableResult
    package func hold(
        _ entries: [[[UInt8]]], in stream: String = "s", group: String = "g", by consumer: String = "c",
        idle: Int64 = 120_000, deliveries: Int64 = 2
    ) async throws -> [StreamID] {
        _ = try await client.connection.pipeline([RedisCommand("XGROUP", "CREATE", stream, group, "0", "MKSTREAM")])
        var ids: [StreamID] = []
        let start = Array("*".utf8)
        for replies in try await pipeline(entries.map { RedisCommand("XADD", key: key(stream), then: [start] + $0) }) {
            if let id = replies.bytes.flatMap({ StreamID($0) }) { ids.append(id) }
        }
        try await client.send("XREADGROUP", "GROUP", group, consumer, "STREAMS", stream, ">")
        try await age(ids, in: stream, group: group, by: consumer, idle: idle, deliveries: deliveries)
        return ids
    }

    package func age(
        _ ids: [StreamID], in stream: String = "s", group: String = "g", by consumer: String = "c", idle: Int64,
        deliveries: Int64
    ) async throws {
        let words = ["XCLAIM", stream, group, consumer, "0"] + ids.map(\.description)
        let options = ["IDLE", "\(idle)", "RETRYCOUNT", "\(deliveries)", "JUSTID"]
        try await client.send((words + options).map { Array($0.utf8) })
    }

    /// All replies, none of which is an error.
    @discardableResult
    package func pipeline(_ commands: [RedisCommand]) async throws -> [RedisReply] {
        try await client.connection.pipeline(commands).replies.map { reply in
            if let error = reply.error { throw error }
            return reply
        }
    }

    /// Each entry's ID and its fields and values.
    package func entries(_ stream: String) async throws -> [(id: StreamID, fields: [[UInt8]])] {
        let list = try await client.send("XRANGE", stream, "-", "+").elements ?? []
        return list.compactMap { entry in
            guard let parts = entry.elements, let id = parts[0].bytes.flatMap({ StreamID($0) }) else { return nil }
            return (id, parts[1].elements?.compactMap(\.bytes) ?? [])
        }
    }

    package func pendingIDs(_ stream: String = "s", group: String = "g") async throws -> [StreamID] {
        let list = try await client.send("XPENDING", stream, group, "-", "+", "10000").elements ?? []
        return list.compactMap { $0.elements?.first?.bytes.flatMap { StreamID($0) } }
    }

    /// All that the keys hold, pending entries with their times among it.
    package func dump(_ keys: String...) async throws -> [RedisReply] {
        try await pipeline(keys.map { RedisCommand("DUMP", $0) })
    }

    /// How often each command has been called, within scripts too.
    package func calls() async throws -> [String: Int] {
        let text = String(decoding: try await client.send("INFO", "commandstats").bytes ?? [], as: UTF8.self)
        var calls: [String: Int] = [:]
        for line in text.split(separator: "\r\n") where line.hasPrefix("cmdstat_") {
            let parts = line.dropFirst("cmdstat_".count).split(separator: ":", maxSplits: 1)
            let count = parts.last?.prefix { $0 != "," }.dropFirst("calls=".count)
            calls[String(parts[0]).lowercased()] = count.flatMap { Int($0) }
        }
        return calls
    }

    private func key(_ name: String) -> [UInt8] { Array(name.utf8) }
}

/// An entry of one field.
package func entry(_ value: String) -> [[UInt8]] { [Array("job".utf8), Array(value.utf8)] }
