import Glibc
import TestSupport
import Testing

@Suite("Reloading")
struct ReloadTests {
    @Test("SIGHUP takes what is new and drops what is gone; an unchanged target keeps its connection")
    func hangup() async throws {
        let (kept, old, new) = (try await RedisServer(), try await RedisServer(), try await RedisServer())
        for (name, server) in [("kept", kept), ("old", old), ("new", new)] {
            try await server.client().send("XADD", name, "*", "f", "v")
        }
        let folder = try TemporaryFolder()
        let file = try folder.write(configuration(kept.target("kept"), old.target("old")), to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file])
        let first = try await weir.metrics { $0.streams == ["kept", "old"] }
        #expect(first.value("weir_config_last_reload_successful") == 1)
        let client = try await kept.client()
        let connections = try await eventually {
            try await client.weirConnections()
        } until: {
            $0.count == 1
        }

        try folder.write(configuration(kept.target("kept"), new.target("new")), to: "weir.yaml")
        weir.signal(SIGHUP)
        let second = try await weir.metrics { $0.streams == ["kept", "new"] }
        #expect(second.all("redis_up", ["target": "old"]).isEmpty)
        #expect(second.value("weir_config_last_reload_successful") == 1)
        #expect(try await client.weirConnections() == connections)
        let oldClient = try await old.client()
        try await eventually { try await oldClient.weirConnections().isEmpty }
        #expect(try await weir.request("GET", "/readyz").status == 200)
    }

    @Test("A target that does not answer holds up neither a reload nor the others")
    func oneStopped() async throws {
        let (good, stopped, new) = (try await RedisServer(), try await RedisServer(), try await RedisServer())
        let folder = try TemporaryFolder()
        func write(_ targets: RedisServer...) throws -> String {
            let poll = "poll: {interval: 100ms, timeout: 30s}"
            let list = targets.map { "  - {\($0.target($0.node))}" }.joined(separator: "\n")
            return try folder.write("targets:\n\(list)\n\(poll)\n", to: "weir.yaml")
        }
        let weir = try await WeirProcess.serving(["--config", try write(good, stopped)])
        try await weir.metrics { $0.all("redis_up").map(\.value) == [1, 1] }
        stopped.pause()
        try await eventually { stopped.hasUnreadRequest }

        _ = try write(good, stopped, new)
        weir.signal(SIGHUP)
        let page = try await weir.metrics { $0.value("redis_up", ["target": new.node]) == 1 }
        let polls = ["result": "success", "target": good.node]
        let before = try #require(page.value("weir_polls_total", polls))
        try await weir.metrics { ($0.value("weir_polls_total", polls) ?? 0) > before + 2 }

        _ = try write(good, new)
        weir.signal(SIGHUP)
        try await weir.metrics { $0.all("redis_up", ["target": stopped.node]).isEmpty }
        weir.signal(SIGTERM)
        #expect(try await weir.exitStatus(within: .seconds(2)) == 0)
    }

    @Test("What an attempt at a target's former address comes to is nobody's news after the address was put right")
    func formerAddress() async throws {
        let server = try await RedisServer()
        let unreachable = try UnreachablePort()
        func write(_ url: String) throws -> String {
            let text = configuration("name: test, url: \"\(url)\"", poll: "timeout: 4s")
            return try server.folder.write(text, to: "weir.yaml")
        }
        let weir = try await WeirProcess.serving(["--config", try write("redis://127.0.0.1:\(unreachable.port)")])
        try await eventually { unreachable.isBeingConnectedTo }
        _ = try write(server.url)
        weir.signal(SIGHUP)
        try await weir.metrics { $0.value("redis_up") == 1 }
        try await eventually { !unreachable.isBeingConnectedTo }
        let polls = ["result": "success"]
        let before = try #require(try await weir.metrics().value("weir_polls_total", polls))
        try await weir.metrics { ($0.value("weir_polls_total", polls) ?? 0) > before + 2 }
        #expect(!weir.output.contains("cannot be polled"))
    }

    @Test("A bad file leaves the running configuration in force, and is named with its place")
    func badFile() async throws {
        let server = try await RedisServer()
        try await server.client().send("XADD", "s", "*", "f", "v")
        let good = configuration(server.target("test"))
        let file = try server.folder.write(good, to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file])
        try await weir.metrics { $0.streams == ["s"] }

        try server.folder.write(good + "helth: {}\n", to: "weir.yaml")
        weir.signal(SIGHUP)
        let line = try await weir.line(with: "error", "could not be reloaded")
        #expect(line.contains("\(file):5:1: helth: unknown key"))
        let bad = try await weir.metrics { $0.value("weir_config_last_reload_successful") == 0 }
        #expect(bad.streams == ["s"])
        #expect(bad.value("redis_up", ["target": "test"]) == 1)

        try server.folder.write(good, to: "weir.yaml")
        weir.signal(SIGHUP)
        try await weir.metrics { $0.value("weir_config_last_reload_successful") == 1 }
    }

    @Test("POST /-/reload is refused unless it is enabled")
    func overHTTP() async throws {
        let server = try await RedisServer()
        let good = configuration(server.target("test"))
        let file = try server.folder.write(good, to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file])
        #expect(try await weir.request("POST", "/-/reload").status == 403)
        #expect(try await weir.request("GET", "/-/reload").status == 405)
        #expect(!weir.output.contains("reloaded"))

        let enabled = configuration(server.target("test"), server.target("again"), http: "enable_reload: true")
        try server.folder.write(enabled, to: "weir.yaml")
        weir.signal(SIGHUP)
        try await weir.line(with: "the settings have been reloaded")
        #expect(try await weir.request("POST", "/-/reload").status == 200)
        try server.folder.write("targets: [", to: "weir.yaml")
        let refused = try await weir.request("POST", "/-/reload")
        #expect(refused.status == 500)
        #expect(refused.text.contains("\(file):2:1: "))
        try await weir.metrics { $0.all("redis_up").count == 2 }
    }

    @Test("Reloading again and again leaves no thread and no file open")
    func leavesNothing() async throws {
        let server = try await RedisServer()
        let file = try server.folder.write(configuration(server.target("test 0")), to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file])
        let first = try await weir.metrics { $0.value("redis_up") == 1 }
        let threads = weir.threadCount
        let files = try #require(first.value("process_open_fds"))
        for turn in 1...10 {
            try server.folder.write(configuration(server.target("test \(turn)")), to: "weir.yaml")
            weir.signal(SIGHUP)
            try await weir.metrics { $0.value("redis_up", ["target": "test \(turn)"]) == 1 }
        }
        try await eventually { weir.threadCount <= threads + 1 }
        try await weir.metrics { ($0.value("process_open_fds") ?? .infinity) <= files + 1 }
    }

    @Test("A new address to listen on takes the place of the old")
    func address() async throws {
        let server = try await RedisServer()
        let (first, second) = (try LoopbackListener.unusedPort(), try LoopbackListener.unusedPort())
        func file(_ port: UInt16) -> String {
            configuration(server.target("test"), http: "listen: [\"127.0.0.1:\(port)\"]")
        }
        let path = try server.folder.write(file(first), to: "weir.yaml")
        let weir = try await WeirProcess(["--config", path])
        try await weir.line(with: "listening", ":\(first)")
        try server.folder.write(file(second), to: "weir.yaml")
        weir.signal(SIGHUP)
        try await weir.line(with: "listening", ":\(second)")
        #expect(try HTTPClient.request("GET", "/livez", port: second).status == 200)
        try await eventually { (try? HTTPClient.request("GET", "/livez", port: first)) == nil }
    }

    @Test("An address that cannot be listened on leaves the running configuration in force")
    func addressTaken() async throws {
        let server = try await RedisServer()
        let taken = try LoopbackListener()
        let (first, second) = (try LoopbackListener.unusedPort(), try LoopbackListener.unusedPort())
        let good = configuration(server.target("test"), http: "listen: [\"127.0.0.1:\(first)\"]")
        let file = try server.folder.write(good, to: "weir.yaml")
        let weir = try await WeirProcess(["--config", file])
        try await weir.line(with: "listening", ":\(first)")
        let addresses = "listen: [\"127.0.0.1:\(second)\", \"127.0.0.1:\(taken.port)\"]"
        try server.folder.write(configuration(server.target("other"), http: addresses), to: "weir.yaml")
        weir.signal(SIGHUP)
        try await weir.line(with: "could not be reloaded", "127.0.0.1:\(taken.port)")
        let page = MetricsText(try HTTPClient.request("GET", "/metrics", port: first).text)
        #expect(page.all("redis_up", ["target": "other"]).isEmpty)
        #expect(throws: HTTPClientError.couldNotConnect(errno: ECONNREFUSED)) {
            try HTTPClient.request("GET", "/livez", port: second)
        }
    }
}
