import TestSupport
import Testing

/// What a server that is killed comes back without, from its first look on to the alert.
@Suite("A server that was killed", .serialized)
struct RollbackAlertTests {
    private static let streams = ["named", "shard:1", "shard:2"]
    private let server: RedisServer
    private let client: ServerCommands

    init() async throws {
        server = try await RedisServer()
        client = try await server.client()
        for name in Self.streams {
            try await client.send("XGROUP", "CREATE", name, "g", "0", "MKSTREAM")
            for _ in 0..<5 { try await client.send("XADD", name, "*", "f", "v") }
            try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "3", "STREAMS", name, ">")
        }
    }

    private func weir() async throws -> WeirProcess {
        let text =
            configuration(server.target("test", "streams: [named, \"shard:*\"]"))
                + """
                state_dir: \(server.folder.path)/state
                health: {window: 5s, stale_after: 1s}

                """
        let file = try server.folder.write(text, to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file])
        return weir
    }

    /// All streams have been seen.
    private func look(_ weir: WeirProcess) async throws {
        for name in Self.streams {
            try await weir.metrics { $0.value("redis_stream_length", ["stream": name]) == 5 }
        }
    }

    /// How often the log says that the server came back without the stream.
    private func count(_ stream: String, in weir: WeirProcess) -> Int {
        weir.output.split(separator: "\n").filter {
            $0.contains("event=rolled_back") && $0.contains("stream=\(stream) ") && !$0.contains("group=")
        }.count
    }

    /// Each stream has one alert that says the same, which ends; and none comes after it.
    private func expectOneEach(_ weir: WeirProcess) async throws {
        let fired = try await eventually(within: .seconds(20)) {
            try await weir.alerts(of: "RolledBack")
        } until: {
            $0.filter { $0.state == "firing" }.compactMap(\.stream).sorted() == Self.streams
        }
        for alert in fired {
            // Before Redis 7.0 nothing tells how many there were.
            let entries = ServerProgram.system.countsEntries ? "5 entries" : "entries"
            let stream = try #require(alert.stream)
            let text = "The server came back without any of the \(entries) that had been added to \(stream)."
            #expect(alert.description.contains("\(text) The stream is not there any more."))
        }
        let ended = try await eventually(within: .seconds(20)) {
            try await weir.alerts(of: "RolledBack")
        } until: {
            $0.allSatisfy { $0.state == "resolved" }
        }
        #expect(ended.compactMap(\.stream).sorted() == Self.streams)
        for name in Self.streams { #expect(count(name, in: weir) == 1) }
    }

    @Test("and comes back empty has lost each of its streams, those found by pattern as well")
    func empty() async throws {
        let weir = try await weir()
        try await look(weir)
        server.kill()
        try await weir.metrics { $0.value("redis_up") == 0 }
        try await server.restart()
        try await expectOneEach(weir)
    }

    @Test("and came back empty while weir was away has lost each of its streams")
    func away() async throws {
        let first = try await weir()
        try await look(first)
        first.signal(15)
        #expect(try await first.exitStatus(within: .seconds(5)) == 0)
        server.kill()
        try await server.restart()
        try await expectOneEach(try await weir())
    }

    @Test("and comes back with all it had has lost nothing")
    func saved() async throws {
        let weir = try await weir()
        try await look(weir)
        try await client.send("SAVE")
        server.kill()
        try await weir.metrics { $0.value("redis_up") == 0 }
        try await server.restart()
        try await weir.metrics { $0.value("redis_up") == 1 }
        // After the next pass over the keys as well.
        let client = try await server.client()
        try await client.send("XADD", "shard:3", "*", "f", "v")
        try await weir.metrics { $0.value("redis_stream_length", ["stream": "shard:3"]) == 1 }
        try await look(weir)
        #expect(try await weir.alerts(of: "RolledBack").isEmpty)
        #expect(!weir.output.contains("rolled_back"))
    }

    @Test("is another thing than one whose streams are deleted, and made anew")
    func deleted() async throws {
        let weir = try await weir()
        try await look(weir)
        for name in Self.streams { try await client.send("DEL", name) }
        try await weir.metrics { page in
            Self.streams.allSatisfy { page.value("redis_stream_length", ["stream": $0]) == nil }
        }
        for name in Self.streams { try await client.send("XADD", name, "*", "f", "v") }
        for name in Self.streams {
            try await weir.metrics { $0.value("redis_stream_length", ["stream": name]) == 1 }
        }
        if ServerProgram.system.countsEntries {
            // In one exchange: no poll comes in between, and only the counters tell.
            try await client.send(
                "EVAL", "redis.call('DEL', KEYS[1]); redis.call('XADD', KEYS[1], '*', 'f', 'v')", "1", "named")
            try await weir.line(with: "event=recreated", "stream=named")
        }
        #expect(try await weir.alerts(of: "RolledBack").isEmpty)
        #expect(!weir.output.contains("rolled_back"))
    }
}
