import TestSupport
import Testing

@Suite("A Redis that goes and comes")
struct ReconnectTests {
    /// Alive and ready whatever becomes of Redis.
    private func expectReady(_ weir: WeirProcess, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for probe in ["/livez", "/readyz"] {
            let reply = try await weir.request("GET", probe)
            #expect(reply.status == 200, "\(probe)", sourceLocation: sourceLocation)
        }
    }

    @Test("Killed, it is down and its streams go from the page; restarted, it is up with what it then holds")
    func killed() async throws {
        let server = try await RedisServer()
        try await server.client().send("XADD", "before", "*", "f", "v")
        let weir = try await WeirProcess.watching(server)
        try await weir.metrics { $0.streams == ["before"] }
        try await expectReady(weir)

        server.kill()
        let down = try await weir.metrics { $0.value("redis_up") == 0 }
        #expect(down.all("redis_memory_used_bytes").isEmpty)
        let gone = try await weir.metrics { $0.streams.isEmpty }
        #expect(gone.value("redis_up", ["node": server.node, "target": "test"]) == 0)
        #expect(try #require(gone.value("weir_polls_total", ["result": "error"])) >= 1)
        let target = try #require(try await weir.snapshot().targets.first)
        #expect(!target.up)
        #expect(target.error == "cannot connect: Connection refused")
        try await expectReady(weir)
        try await weir.line(with: "warning", "the target cannot be polled", "target=test")

        try await server.restart()
        try await server.client().send("XADD", "after", "*", "f", "v")
        try await weir.metrics { $0.value("redis_up") == 1 && $0.streams == ["after"] }
        try await expectReady(weir)
    }

    @Test("Stopped and continued, likewise, with the streams it had")
    func stopped() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await client.send("XADD", "s", "*", "f", "v")
        let weir = try await WeirProcess.watching(server)
        try await weir.metrics { $0.streams == ["s"] }
        server.pause()
        try await weir.metrics { $0.value("redis_up") == 0 && $0.streams.isEmpty }
        #expect(try await weir.snapshot().targets.first?.error?.hasPrefix("no answer within") == true)
        try await expectReady(weir)
        server.resume()
        try await client.send("XADD", "s", "*", "f", "v")
        try await weir.metrics { $0.value("redis_up") == 1 && $0.value("redis_stream_length") == 2 }
    }

    @Test("weir may be there first: it is ready once it has tried, and sees the server when it comes")
    func weirFirst() async throws {
        let server = try await RedisServer()
        server.kill()
        let weir = try await WeirProcess.watching(server)
        try await weir.metrics { $0.value("redis_up") == 0 }
        try await expectReady(weir)
        try await server.restart()
        try await server.client().send("XADD", "s", "*", "f", "v")
        try await weir.metrics { $0.value("redis_up") == 1 && $0.streams == ["s"] }
    }

    @Test("It is not ready while the first attempt is under way")
    func notReady() async throws {
        let server = try FakeRedis { $0.first == "CLIENT" ? .ok : .silence }
        let folder = try TemporaryFolder()
        let text = configuration("name: silent, url: \"redis://127.0.0.1:\(server.port)\"", poll: "timeout: 30s")
        let weir = try await WeirProcess.serving(["--config", try folder.write(text, to: "weir.yaml")])
        try await eventually { server.commands.contains(["INFO"]) }
        #expect(try await weir.request("GET", "/readyz").status == 503)
        #expect(try await weir.request("GET", "/livez").status == 200)
        server.stop()
        try await eventually { try await weir.request("GET", "/readyz").status == 200 }
        #expect(try await weir.metrics().value("redis_up") == 0)
    }

    /// From Redis 6.2 a server may be told how often to listen meanwhile.
    @Test("While it loads its data set it is down, and says why", .enabled(if: ServerProgram.system.isFrom62))
    func loading() async throws {
        // 20 ms for each key, and an ear for others between two.
        let slowly = ["--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024"]
        let server = try await RedisServer(slowly + ["--rdbcompression", "no"])
        let client = try await server.client()
        try await client.send("XADD", "s", "*", "f", "v")
        try await client.send("EVAL", "for i = 1, 1000 do redis.call('SET', i, string.rep('x', 1100)) end", "0")
        try await client.send("SAVE")
        let weir = try await WeirProcess.watching(server)
        try await weir.metrics { $0.streams == ["s"] }
        server.kill()
        try await weir.metrics { $0.streams.isEmpty }
        try await server.restart(whileLoading: true)
        try await eventually(within: .seconds(20)) {
            try await weir.snapshot().targets.first?.error
        } until: {
            $0 == "the server is loading its data set into memory"
        }
        #expect(try await weir.metrics().value("redis_up") == 0)
        try await expectReady(weir)
        try await server.client().send("CONFIG", "SET", "key-load-delay", "0")
        try await weir.metrics { $0.value("redis_up") == 1 && $0.value("redis_stream_length", ["stream": "s"]) == 1 }
    }
}
