package import RedisClient

/// Says to a real server what a test needs said.
package struct ServerCommands: Sendable {
    package let connection: RedisConnection

    package init(_ endpoint: RedisEndpoint) async throws {
        connection = try RedisConnection(endpoint: endpoint, timeout: .seconds(10))
        try await connection.open()
        // A connection of the client that is tested is named weir.
        try await send("CLIENT", "SETNAME", "test")
    }

    /// Throws where the answer is an error.
    @discardableResult
    package func send(_ words: String...) async throws -> RedisReply {
        try await send(words.map { Array($0.utf8) })
    }

    @discardableResult
    package func send(_ arguments: [[UInt8]]) async throws -> RedisReply {
        let reply = try await connection.pipeline([RedisCommand(arguments)]).replies[0]
        if let error = reply.error { throw error }
        return reply
    }

    /// The `name=weir` connections, each by its `id`.
    package func weirConnections() async throws -> [String] {
        let list = String(decoding: try await send("CLIENT", "LIST").bytes ?? [], as: UTF8.self)
        return list.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0.contains("name=weir") }
            .compactMap { $0.first.map(String.init) }
    }
}
