import RedisClient
import TestSupport
import Testing

@Suite("A server that speaks RESP3 unasked")
struct RESP3ConnectionTests {
    private static let reply = WireReply.array([
        .fields([("length", .integer(3)), ("first-entry", .null), ("share", .double("0.5"))]), .set([.boolean(true)]),
        .bigNumber("12345678901234567890"), .verbatim("# Server"), .text("x"),
    ])

    /// Answers PING, and what comes with a login.
    private func server(login: [UInt8] = Array("+OK\r\n".utf8), _ ping: [UInt8]) throws -> FakeRedis {
        try FakeRedis { .bytes($0.first == "PING" ? ping : login) }
    }

    @Test(
        "fails one exchange, and is understood from the next session on",
        arguments: [
            reply, .map([(.text("k"), .integer(1))]), .boolean(false), .double("1.5"), .verbatim("text"),
            .blobError("ERR long"), .set([]), .bigNumber("7"), .array([.integer(1), .array([.fields([])])]),
            .attributed([(.text("ttl"), .integer(1))], .text("x")),
        ] as [WireReply])
    func understood(reply: WireReply) async throws {
        let server = try server(reply.bytes(.resp3))
        let connection = try await open(server.port, timeout: .seconds(5))
        let (error, _) = try await failure { _ = try await connection.pipeline([RedisCommand("PING")]) }
        #expect(error == .speaksRESP3)
        #expect(await !connection.isOpen)
        for _ in 0..<2 {
            try await connection.open()
            let replies = try await connection.pipeline([RedisCommand("PING"), RedisCommand("PING")]).replies
            #expect(replies == [reply.reply, reply.reply])
        }
        #expect(server.commands.filter { $0 == ["CLIENT", "SETNAME", "weir"] }.count == 3)
    }

    @Test("is no obstacle to the login: it is tried once more at once")
    func login() async throws {
        let server = try server(
            login: WireReply.blobError("ERR unknown command").bytes(.resp3), WireReply.boolean(true).bytes(.resp3))
        let connection = try await open(server.port, timeout: .seconds(5))
        #expect(try await connection.pipeline([RedisCommand("PING")]).replies == [.integer(1)])
        #expect(server.commands.count == 3)
    }

    @Test("may push what nobody waits for")
    func pushes() async throws {
        let push = Array(">2\r\n+invalidate\r\n*1\r\n+key\r\n".utf8)
        let server = try server(push + WireReply.verbatim("text").bytes(.resp3) + push)
        let connection = try await open(server.port, timeout: .seconds(5))
        _ = try await failure { _ = try await connection.pipeline([RedisCommand("PING")]) }
        try await connection.open()
        for _ in 0..<3 {
            #expect(try await connection.pipeline([RedisCommand("PING")]).replies == [.text("text")])
        }
    }

    @Test("and then is no Redis at all")
    func garbage() async throws {
        let server = try server(Array("!\r\n".utf8))
        let connection = try await open(server.port, timeout: .seconds(5))
        let first = try await failure { _ = try await connection.pipeline([RedisCommand("PING")]) }.error
        #expect(first == .speaksRESP3)
        try await connection.open()
        let second = try await failure { _ = try await connection.pipeline([RedisCommand("PING")]) }.error
        #expect(second == .protocolViolation(#"a reply begins with "!\r\n""#))
    }
}
