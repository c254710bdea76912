import RedisClient
import TestSupport
import Testing

@Suite("Pipelines")
struct PipelineTests {
    @Test("Ten thousand commands in one pipeline are answered in order")
    func manyCommands() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let commands = (0..<10_000).map { RedisCommand("ECHO", "reply \($0)") }
        let exchange = try await client.connection.pipeline(commands)
        #expect(exchange.replies == (0..<10_000).map { .text("reply \($0)") })
        #expect(exchange.bytesSent > 10_000 * 20)
        #expect(exchange.bytesReceived > 10_000 * 10)
        #expect(exchange.elapsed > .zero)
    }

    @Test("A server that takes no more before its answers are taken is not waited for")
    func bothWays() async throws {
        let block = [UInt8](repeating: UInt8(ascii: "x"), count: 200_000)
        let server = try FakeRedis { command in
            command.first == "CLIENT" ? .ok : .reply(.string(Array((command.last ?? "").utf8)))
        }
        let connection = try await open(server.port, timeout: .seconds(20))
        let commands = (0..<30).map { _ in RedisCommand("ECHO", key: block) }
        let replies = try await connection.pipeline(commands).replies
        #expect(replies.count == 30)
        #expect(replies.allSatisfy { $0 == .string(block) })
    }

    @Test("A reply of five megabytes arrives whole")
    func largeReply() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await client.send("SETRANGE", "large", "5000000", "end")
        let reply = try await client.send("GET", "large")
        let bytes = try #require(reply.bytes)
        #expect(bytes.count == 5_000_003)
        #expect(bytes.suffix(3) == Array("end".utf8)[...])
    }

    @Test("A large array arrives whole")
    func largeArray() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let script = "local t = {} for i = 1, 50000 do t[i] = i end return t"
        let reply = try await client.send("EVAL", script, "0")
        #expect(reply.elements?.count == 50_000)
        #expect(reply.elements?.last == .integer(50_000))
    }

    @Test("Arguments and replies may be any bytes, and empty")
    func anyBytes() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let all = (0...255).map { UInt8($0) } + Array("\r\n$3\r\nfoo\r\n".utf8)
        for value in [all, [], [0], Array("\u{FEFF}naïve 🦆".utf8), [0xff, 0xfe]] {
            try await client.send([Array("SET".utf8), value, value])
            #expect(try await client.send([Array("GET".utf8), value]) == .string(value))
        }
        #expect(try await client.send("DBSIZE") == .integer(5))
    }

    @Test("Every kind of reply is told from the others")
    func kinds() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let script = """
            return {1, {-2, {3, 'x', ''}, false, {}}, redis.status_reply('FINE'), redis.error_reply('BAD news')}
            """
        let replies = try await client.connection.pipeline([
            RedisCommand("SET", "word", "one"), RedisCommand("GET", "word"), RedisCommand("GET", "missing"),
            RedisCommand("STRLEN", "word"), RedisCommand("XINFO", "STREAM", "word"), RedisCommand("XINFO", "nonsense"),
            RedisCommand("BLPOP", "missing", "0.01"), RedisCommand("EVAL", script, "0"), RedisCommand("KEYS", "no*"),
        ]).replies
        #expect(replies[0] == .status("OK"))
        #expect(replies[1] == .text("one"))
        #expect(replies[2] == .null)
        #expect(replies[3] == .integer(3))
        #expect(replies[4].error?.code == "WRONGTYPE")
        #expect(replies[5].error?.code == "ERR")
        #expect(replies[6] == .null, "an array that is nil")
        let inner = RedisReply.array([.integer(-2), .array([.integer(3), .text("x"), .text("")]), .null, .array([])])
        let bad = RedisReply.error(RedisErrorReply(message: "BAD news"))
        #expect(replies[7] == .array([.integer(1), inner, .status("FINE"), bad]))
        #expect(replies[8] == .array([]))
    }

    @Test("An error reply is a reply: the connection stays")
    func errorReply() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let replies = try await client.connection.pipeline([RedisCommand("NONSENSE"), RedisCommand("PING")]).replies
        #expect(replies[0].error?.code == "ERR")
        #expect(replies[1] == .status("PONG"))
        #expect(await client.connection.isOpen)
    }

    @Test("A unix socket serves as well")
    func unixSocket() async throws {
        let server = try await RedisServer()
        let endpoint = RedisEndpoint(address: .unix(path: server.socket))
        let client = try await ServerCommands(endpoint)
        #expect(try await client.send("PING") == .status("PONG"))
        #expect(endpoint.node == server.socket)
    }
}

/// A connection to a server on a loopback port, opened.
func open(_ port: UInt16, timeout: Duration, database: Int = 0) async throws -> RedisConnection {
    let endpoint = RedisEndpoint(address: .tcp(host: "127.0.0.1", port: port), database: database)
    let connection = try RedisConnection(endpoint: endpoint, timeout: timeout)
    try await connection.open()
    return connection
}
