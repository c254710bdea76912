import RedisClient
import TestSupport

extension ServerCommands {
    /// From now on SLOWLOG keeps what takes the server so long, or nothing at all.
    func logSlowCommands(takingMicroseconds limit: Int?) async throws {
        try await send("CONFIG", "SET", "slowlog-max-len", "10000")
        try await send("CONFIG", "SET", "slowlog-log-slower-than", "\(limit ?? -1)")
    }

    /// What the server's SLOWLOG has of the connections named weir.
    func slowCommandsOfWeir() async throws -> [RedisCommand] {
        let entries = try await send("SLOWLOG", "GET", "10000").elements ?? []
        return entries.filter { $0.elements?.last?.bytes == Array("weir".utf8) }.map { entry in
            RedisCommand(entry.elements?[3].elements?.compactMap(\.bytes) ?? [])
        }
    }

    /// Whether the command stays out of the SLOWLOG in one of ten times.
    ///
    /// Any command takes long while the machine gives the processor to others. What takes long because of what it asks
    /// does so each time.
    func isQuick(_ command: RedisCommand) async throws -> Bool {
        for _ in 0..<10 {
            try await send("SLOWLOG", "RESET")
            try await send(command.arguments)
            if try await send("SLOWLOG", "LEN") == .integer(0) { return true }
        }
        return false
    }
}
