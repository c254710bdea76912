import Glibc
import TestSupport
import Testing

@Suite("Starting and stopping")
struct LifeTests {
    enum Situation: CaseIterable {
        case idle, redisStopped, redisSilent, redisUnreachable, redisAbsent
    }

    /// What a situation needs to last as long as the test.
    private struct Stage {
        var weir: WeirProcess
        var keep: [AnyObject]
    }

    private func set(_ situation: Situation) async throws -> Stage {
        let folder = try TemporaryFolder()
        func weir(on port: UInt16) async throws -> WeirProcess {
            let text = configuration("url: \"redis://127.0.0.1:\(port)\"", poll: "timeout: 30s")
            return try await .serving(["--config", try folder.write(text, to: "weir.yaml")])
        }
        switch situation {
        case .idle, .redisStopped:
            let server = try await RedisServer()
            let weir = try await weir(on: server.port)
            try await weir.metrics { $0.value("redis_up") == 1 }
            if situation == .redisStopped {
                server.pause()
                try await eventually { server.hasUnreadRequest }
            }
            return Stage(weir: weir, keep: [server])
        case .redisSilent:
            let server = try FakeRedis { $0.first == "CLIENT" ? .ok : .silence }
            let weir = try await weir(on: server.port)
            try await eventually { server.commands.contains(["INFO"]) }
            return Stage(weir: weir, keep: [server])
        case .redisUnreachable:
            let port = try UnreachablePort()
            let weir = try await weir(on: port.port)
            try await eventually { port.isBeingConnectedTo }
            return Stage(weir: weir, keep: [port])
        case .redisAbsent:
            let weir = try await weir(on: try LoopbackListener.unusedPort())
            try await weir.metrics { $0.value("redis_up") == 0 }
            return Stage(weir: weir, keep: [])
        }
    }

    @Test("A signal ends it with status 0 within two seconds", arguments: Situation.allCases, [SIGTERM, SIGINT])
    func stops(in situation: Situation, by signal: Int32) async throws {
        let stage = try await set(situation)
        stage.weir.signal(signal)
        #expect(try await stage.weir.exitStatus(within: .seconds(2)) == 0)
        #expect(stage.weir.output.contains("info stopping"))
    }

    @Test("A second signal does not wait for anything")
    func secondSignal() async throws {
        let stage = try await set(.redisUnreachable)
        // Two of a kind would be one, if the first had not been taken yet.
        stage.weir.signal(SIGINT)
        stage.weir.signal(SIGTERM)
        #expect(try await stage.weir.exitStatus(within: .seconds(2)) == 0)
        #expect(!stage.weir.output.contains("ending without waiting"), "the grace of the first had not passed")
    }

    @Test("SIGTERM ends it when nothing was polled yet")
    func atOnce() async throws {
        let weir = try await WeirProcess(["--redis", "redis://127.0.0.1:1", "--listen", "127.0.0.1:0"])
        try await weir.line(with: "weir ", "targets=")
        weir.signal(SIGTERM)
        #expect(try await weir.exitStatus(within: .seconds(2)) == 0)
    }

    private static let asFirst = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"]

    @Test(
        "SIGTERM ends it as process 1 of a container",
        .enabled("unshare is not permitted here") { try await ChildProcess.run(asFirst + ["true"]).status == 0 },
        arguments: [SIGTERM, SIGINT])
    func processOne(signal: Int32) async throws {
        let server = try await RedisServer()
        let weir = try await WeirProcess.serving(["--redis", server.url, "--interval", "100ms"], behind: Self.asFirst)
        try await weir.metrics { $0.value("redis_up") == 1 }
        // From outside, as a container's runtime does it.
        kill(try #require(weir.children.first), signal)
        #expect(try await weir.exitStatus(within: .seconds(2)) == 0)
    }

    @Test("A client that hangs up during a large answer ends nothing")
    func hangUp() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let long = String(repeating: "long", count: 2500)
        for number in 0..<50 { try await client.send("XADD", "\(number)\(long)", "*", "f", "v") }
        let weir = try await WeirProcess.serving(["--redis", server.url])
        try await weir.metrics { $0.value("weir_streams") == 50 }
        let port = try await weir.port()
        #expect(try await weir.request("GET", "/metrics").body.count > 5_000_000)
        for _ in 0..<5 {
            let impatient = try HTTPClient(port: port)
            try impatient.send("GET", "/metrics")
            #expect(impatient.hasInput(withinMilliseconds: 10_000))
        }
        #expect(try await weir.request("GET", "/livez").status == 200)
        #expect(weir.exitStatus == nil)
    }

    @Test("An address that is taken ends it with status 1, and is named")
    func addressTaken() async throws {
        let taken = try LoopbackListener()
        let weir = try await WeirProcess.run(["--redis", "redis://127.0.0.1:1", "--listen", "127.0.0.1:\(taken.port)"])
        #expect(weir.status == 1)
        #expect(weir.output.contains("cannot listen on 127.0.0.1:\(taken.port): address already in use"))
    }
}
