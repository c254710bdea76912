import Glibc
import RedisClient
import TestSupport
import Testing

@Suite("Exchanges that fail")
struct FailedExchangeTests {
    private static let timeout = Duration.milliseconds(300)
    /// Far beyond the timeout and far below a wait that would be one: the machine may have much else to do.
    private static let soon = Duration.seconds(60)
    private static let ping = [RedisCommand("PING")]

    /// Answers the login, and each PING as the test says.
    private func server(_ answer: FakeAnswer) throws -> FakeRedis {
        try FakeRedis { $0.first == "PING" ? answer : .ok }
    }

    @Test("A port where nobody listens is refused")
    func refused() async throws {
        let port = try LoopbackListener.unusedPort()
        let (error, _) = try await failure { _ = try await open(port, timeout: .seconds(5)) }
        #expect(error == .cannotConnect(reason: "Connection refused"))
    }

    @Test("A socket that is not there is named by the reason")
    func noSocket() async throws {
        let endpoint = RedisEndpoint(address: .unix(path: "/nonexistent/redis.sock"))
        let connection = try RedisConnection(endpoint: endpoint, timeout: .seconds(5))
        let (error, _) = try await failure { try await connection.open() }
        #expect(error == .cannotConnect(reason: "No such file or directory"))
    }

    @Test("A connection that is not made is given up after the timeout")
    func unreachable() async throws {
        let port = try UnreachablePort()
        let (error, elapsed) = try await failure { _ = try await open(port.port, timeout: Self.timeout) }
        guard case .cannotConnect = error else {
            Issue.record("\(error)")
            return
        }
        #expect(elapsed >= Self.timeout && elapsed < Self.soon)
    }

    @Test("A server that is stopped is given up after the timeout, and the connection serves no more until reopened")
    func stopped() async throws {
        let server = try await RedisServer()
        let connection = try await open(server.port, timeout: Self.timeout)
        server.pause()
        let (error, elapsed) = try await failure { _ = try await connection.pipeline(Self.ping) }
        #expect(error == .timedOut(after: Self.timeout))
        #expect(elapsed >= Self.timeout && elapsed < Self.soon)
        #expect(await !connection.isOpen)
        server.resume()
        #expect(try await failure { _ = try await connection.pipeline(Self.ping) }.error == .closed)
        try await connection.open()
        #expect(
            try await connection.pipeline([RedisCommand("ECHO", "new")]).replies == [.text("new")],
            "not the late answer to what was asked before")
    }

    @Test("A server that trickles is given up after the timeout too")
    func trickle() async throws {
        let reply = RedisReply.text(String(repeating: "x", count: 1000)).wireBytes
        let server = try server(.trickle(reply, every: .milliseconds(20)))
        let connection = try await open(server.port, timeout: Self.timeout)
        let (error, elapsed) = try await failure { _ = try await connection.pipeline(Self.ping) }
        #expect(error == .timedOut(after: Self.timeout))
        #expect(elapsed < Self.soon)
    }

    @Test("A reply may come byte by byte")
    func byteByByte() async throws {
        let reply = RedisReply.array([.text("one"), .array([.integer(-2), .null]), .status("fine")])
        let server = try server(.trickle(reply.wireBytes, every: .microseconds(100)))
        let connection = try await open(server.port, timeout: .seconds(5))
        #expect(try await connection.pipeline(Self.ping + Self.ping).replies == [reply, reply])
    }

    @Test("A server that says nothing is given up after the timeout")
    func silent() async throws {
        let server = try FakeRedis { _ in .silence }
        let (error, elapsed) = try await failure { _ = try await open(server.port, timeout: Self.timeout) }
        #expect(error == .timedOut(after: Self.timeout))
        #expect(elapsed < Self.soon)
        #expect(server.commands == [["CLIENT", "SETNAME", "weir"]])
    }

    @Test(
        "What is not Redis' protocol is said to be so",
        arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "\0\0\0\0", "@\r\n", "$x\r\n", "$-2\r\n", "*99999999999\r\n"])
    func garbage(_ text: String) async throws {
        let server = try server(.bytes(Array(text.utf8)))
        let connection = try await open(server.port, timeout: .seconds(1))
        let (error, _) = try await failure { _ = try await connection.pipeline(Self.ping) }
        guard case .protocolViolation(let what) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!what.isEmpty)
        #expect(await !connection.isOpen)
    }

    @Test("A reply that is cut off is a closed connection", arguments: [0, 1, 4, 8])
    func truncated(length: Int) async throws {
        let server = try server(.bytesThenHangUp(Array(RedisReply.text("truncated").wireBytes.prefix(length))))
        let connection = try await open(server.port, timeout: .seconds(5))
        let (error, _) = try await failure { _ = try await connection.pipeline(Self.ping) }
        #expect(error == .closed)
        #expect(await !connection.isOpen)
    }

    @Test("A server that is killed in the middle of an exchange ends it at once")
    func killed() async throws {
        let server = try await RedisServer()
        let connection = try await open(server.port, timeout: .seconds(300))
        async let failing = failure { _ = try await connection.pipeline([RedisCommand("BLPOP", "nothing", "0")]) }
        try await waitUntilBlocked(on: server)
        server.kill()
        let (error, elapsed) = try await failing
        #expect([.closed, .brokenConnection(reason: "Connection reset by peer")].contains(error))
        #expect(elapsed < Self.soon)
        #expect(try await failure { try await connection.open() }.error == .cannotConnect(reason: "Connection refused"))
        try await server.restart()
        try await connection.open()
        #expect(try await connection.pipeline(Self.ping).replies == [.status("PONG")])
    }

    @Test("An interruption from elsewhere ends a blocked exchange at once, and every later one")
    func interrupted() async throws {
        let server = try await RedisServer()
        let connection = try await open(server.port, timeout: .seconds(300))
        async let failing = failure { _ = try await connection.pipeline([RedisCommand("BLPOP", "nothing", "0")]) }
        try await waitUntilBlocked(on: server)
        let start = ContinuousClock.now
        connection.interrupt()
        #expect(try await failing.error == .interrupted)
        #expect(ContinuousClock.now - start < Self.soon)
        #expect(try await failure { try await connection.open() }.error == .interrupted)
        #expect(await !connection.isOpen)
    }

    @Test("Other connections go on while one waits")
    func independent() async throws {
        let server = try await RedisServer()
        var waiting: [RedisConnection] = []
        for _ in 0..<8 { waiting.append(try await open(server.port, timeout: .seconds(300))) }
        let client = try await server.client()
        await withTaskGroup { group in
            for connection in waiting {
                group.addTask { _ = try? await connection.pipeline([RedisCommand("BLPOP", "nothing", "0")]) }
            }
            group.addTask { try? await waitUntilBlocked(on: server, clients: 8) }
            await group.next()
            #expect((try? await client.send("PING")) == .status("PONG"))
            waiting.forEach { $0.interrupt() }
        }
    }
}

/// Waits until so many clients of the server wait in a blocking command.
private func waitUntilBlocked(on server: RedisServer, clients: Int = 1) async throws {
    let client = try await server.client()
    try await eventually {
        String(decoding: try await client.send("INFO", "clients").bytes ?? [], as: UTF8.self)
    } until: {
        $0.contains("blocked_clients:\(clients)\r\n")
    }
}
