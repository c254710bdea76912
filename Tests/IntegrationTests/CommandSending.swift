import RedisClient
import TestSupport

/// Somebody who says what a test needs said, to one server or to whichever is the right one.
protocol CommandSending: Sendable {
    /// Throws where the answer is an error, or the server is lost: then the command may have been done or not.
    @discardableResult
    func send(_ arguments: [[UInt8]]) async throws -> RedisReply
}

extension ServerCommands: CommandSending {}
extension ClusterCommands: CommandSending {}

extension CommandSending {
    @discardableResult
    func send(_ words: String...) async throws -> RedisReply {
        try await send(words.map { Array($0.utf8) })
    }

    /// Adds so many entries, and a group `g` that has read none of them.
    func lay(_ stream: String, entries: Int = 1) async throws {
        for number in 0..<entries { try await send("XADD", stream, "*", "job", "\(stream) \(number)") }
        try await send("XGROUP", "CREATE", stream, "g", "0", "MKSTREAM")
    }

    /// Has the consumer `c` of the group `g` hold so many new entries for two minutes already; gives their IDs.
    @discardableResult
    func strand(_ count: Int, in stream: String, deliveries: Int = 2) async throws -> [String] {
        var ids: [String] = []
        for number in 0..<count {
            let id = try await send("XADD", stream, "*", "job", "\(stream) \(number)")
            ids.append(String(decoding: id.bytes ?? [], as: UTF8.self))
        }
        try await send("XREADGROUP", "GROUP", "g", "c", "STREAMS", stream, ">")
        let claim =
            ["XCLAIM", stream, "g", "c", "0"] + ids + ["IDLE", "120000", "RETRYCOUNT", "\(deliveries)", "JUSTID"]
        try await send(claim.map { Array($0.utf8) })
        return ids
    }
}
