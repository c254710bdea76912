import TestSupport
import Testing

@Suite("Several targets")
struct TargetsTests {
    @Test("One that does not answer delays no other")
    func oneDown() async throws {
        let (good, stopped) = (try await RedisServer(), try await RedisServer())
        let unreachable = try UnreachablePort()
        let client = try await good.client()
        try await client.send("XADD", "s", "*", "f", "v")
        let text = configuration(
            good.target("good"), stopped.target("stopped"),
            "name: unreachable, url: \"redis://127.0.0.1:\(unreachable.port)\"", poll: "timeout: 30s")
        let weir = try await WeirProcess.serving(["--config", try good.folder.write(text, to: "weir.yaml")])
        try await weir.metrics { $0.value("redis_up", ["target": "stopped"]) == 1 }
        stopped.pause()
        try await eventually { stopped.hasUnreadRequest }
        for length in 2...4 {
            try await client.send("XADD", "s", "*", "f", "v")
            try await weir.metrics(within: .seconds(2)) {
                $0.value("redis_stream_length", ["target": "good"]) == Double(length)
            }
        }
        #expect(try await weir.request("GET", "/readyz").status == 503, "the third was never heard of")
    }

    @Test("?target= shows one alone, without the figures of weir itself")
    func oneTarget() async throws {
        let (one, two) = (try await RedisServer(), try await RedisServer())
        for server in [one, two] { try await server.client().send("XADD", "s", "*", "f", "v") }
        let text = configuration(one.target("one"), two.target("two"))
        let weir = try await WeirProcess.serving(["--config", try one.folder.write(text, to: "weir.yaml")])
        let all = try await weir.metrics { $0.all("redis_stream_length").count == 2 }
        #expect(all.value("weir_build_info") == 1)
        let page = try await weir.metrics(target: "one")
        #expect(page.value("redis_stream_length") == 1)
        #expect(Set(page.series.map(\.labels["target"])) == ["one"])
        #expect(try await weir.request("GET", "/metrics?target=three").status == 404)
    }

    @Test("Each looks at its own database of one server")
    func databases() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await client.send("XADD", "zero", "*", "f", "v")
        try await client.send("SELECT", "5")
        try await client.send("XADD", "five", "*", "f", "v")
        let text = configuration(
            "name: a, url: \"\(server.url)\"", "name: b, url: \"\(server.url)/5\"",
            "name: c, url: \"unix://\(server.socket)?db=5\"")
        let weir = try await WeirProcess.serving(["--config", try server.folder.write(text, to: "weir.yaml")])
        let page = try await weir.metrics { $0.all("redis_stream_length").count == 3 }
        #expect(page.value("redis_stream_length", ["target": "a", "db": "db0", "stream": "zero"]) == 1)
        #expect(page.value("redis_stream_length", ["target": "b", "db": "db5", "stream": "five"]) == 1)
        #expect(page.value("redis_up", ["target": "c", "node": server.socket]) == 1)
    }
}
