import TestSupport
import Testing

@Suite("Weirs that share the streams of a server")
struct ShardingTests {
    private static let streams = Set((0..<60).map { "s\($0)" })

    @Test("three watch all streams, none twice, the parts of one together, and one of them tells of the server")
    func three() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        for stream in Self.streams.union(["part:1", "part:2", "part:3"]) {
            try await client.send("XADD", stream, "*", "f", "v")
        }
        let target = server.target("test", "streams: [\"s*\", {match: \"part:*\", as: whole}]")
        let file = try server.folder.write(configuration(target), to: "weir.yaml")
        var watched: [String] = []
        var tellers = 0
        for index in 0..<3 {
            let weir = try await WeirProcess.serving(["--config", file, "--shard", "\(index)/3"])
            let page = try await weir.metrics { !$0.all("redis_stream_length").isEmpty }
            let own = page.all("redis_stream_length").compactMap { $0.labels["stream"] }
            #expect((10...30).contains(own.count))
            watched += own
            // Without maxmemory there is something to tell.
            try await eventually { try await weir.request("GET", "/api/v1/alerts").text.contains("\"time\"") }
            if try await weir.request("GET", "/api/v1/alerts").text.contains("MemoryUnlimited") { tellers += 1 }
        }
        #expect(watched.count == Set(watched).count)
        #expect(Set(watched) == Self.streams.union(["whole"]))
        #expect(tellers == 1)
    }
}
