import TestSupport
import Testing

/// Shards of one key, shown as one.
@Suite("A logical stream")
struct LogicalStreamTests {
    @Test(
        "has its parts' lag in sum, the longest delay and the worst status, and they have no series of their own",
        arguments: ServerProgram.all)
    func merged(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        for (shard, entries) in [1: 3, 2: 5, 3: 0] {
            try await client.send("XGROUP", "CREATE", "shard:\(shard)", "g", "0", "MKSTREAM")
            for _ in 0..<entries { try await client.send("XADD", "shard:\(shard)", "*", "f", "v") }
        }
        try await client.send("XADD", "other", "*", "f", "v")
        let weir = try await WeirProcess.watching(
            server, "streams: [\"*\", {match: \"shard:*\", as: shards}]")
        let page = try await weir.metrics { $0.value("redis_stream_length", ["stream": "shards"]) == 8 }
        #expect(page.value("redis_stream_group_lag", ["stream": "shards", "group": "g"]) == 8)
        #expect(page.value("redis_stream_group_lag_uncertainty_entries", ["stream": "shards"]) == 0)
        #expect(Set(page.all("redis_stream_length").compactMap(\.labels["stream"])) == ["shards", "other"])
        #expect(page.value("weir_streams") == 4)
        let seconds = try #require(page.value("redis_stream_group_lag_seconds", ["stream": "shards"]))
        #expect(seconds > 0)
        // A part that is gone is gone from the sum.
        try await client.send("DEL", "shard:2")
        try await weir.metrics { $0.value("redis_stream_length", ["stream": "shards"]) == 3 }
    }
}
