import RedisClient

/// What an agent says to Redis, in its own words.
struct AgentSession: Sendable {
    let name: String
    let connection: RedisConnection

    @discardableResult
    func send(_ words: String...) async throws -> RedisReply {
        try await connection.pipeline([RedisCommand(words.map { Array($0.utf8) })]).replies.first ?? .null
    }

    func add(to stream: String, count: Int, maxLength: Int? = nil) async throws {
        let trim = maxLength.map { ["MAXLEN", "\($0)"] } ?? []
        let words = ["XADD", stream] + trim + ["*", "sku", "a-1024", "amount", "12.50", "customer", "8c1f"]
        let command = RedisCommand(words.map { Array($0.utf8) })
        _ = try await connection.pipeline(Array(repeating: command, count: count))
    }

    /// Reads new entries for the group and gives their IDs.
    func read(_ stream: String, group: String, count: Int) async throws -> [String] {
        let reply = try await send(
            "XREADGROUP", "GROUP", group, name, "COUNT", "\(count)", "STREAMS", stream, ">")
        let entries = reply.elements?.first?.elements?.last?.elements ?? []
        return entries.compactMap { $0.elements?.first?.bytes.map { String(decoding: $0, as: UTF8.self) } }
    }

    func acknowledge(_ ids: [String], in stream: String, group: String) async throws {
        guard !ids.isEmpty else { return }
        let words = ["XACK", stream, group] + ids
        _ = try await connection.pipeline([RedisCommand(words.map { Array($0.utf8) })])
    }
}
