import RedisClient
import Remediation
import Rescue
import StreamModel
import TestSupport
import Testing

@Suite("A rescuer's connection")
struct RescuerConnectionTests {
    @Test("is made when it is needed, and again after the server has closed it or was away")
    func reopened() async throws {
        let stage = try await Stage(.system)
        var rescuer = try stage.rescuer()
        let ids = try await stage.hold([entry("a"), entry("b")])
        #expect(await rescuer.carryOut(.move(to: "retry", allowance: 1)).entries.map(\.id) == [ids[0]])
        let connection = try #require(try await stage.client.weirConnections().first)
        try await stage.client.send("CLIENT", "KILL", "ID", String(connection.dropFirst("id=".count)))
        #expect(await rescuer.carryOut(.move(to: "retry", allowance: 1)).entries.map(\.id) == [ids[1]])

        stage.server.kill()
        let outcome = await rescuer.carryOut(.move(to: "retry"))
        guard case .connection(let text) = outcome.obstacle else {
            Issue.record("\(String(describing: outcome.obstacle))")
            return
        }
        #expect(text.hasPrefix("cannot connect"))
        try await stage.server.restart()
        // It has kept nothing.
        guard case .server(let text) = await rescuer.carryOut(.move(to: "retry")).obstacle else {
            Issue.record("the connection was not made again")
            return
        }
        #expect(text.hasPrefix("NOGROUP"))
    }

    @Test("brings word of an entry that was copied and not acknowledged, which no server does")
    func copied() async throws {
        let entry: [RedisReply] = [.text("1-0"), .text("copied"), .text("c"), .integer(9), .integer(1), .text("3-0")]
        let (server, connection) = try pretender { _ in
            .reply(.array([.text("ERR why"), .array([.array(entry)]), .text("XACK")]))
        }
        var rescuer = Rescuer(connection: connection)
        let outcome = await rescuer.carryOut(.move(to: "retry"))
        #expect(outcome.entries.isEmpty)
        #expect(
            outcome.obstacle
                == .server("1-0 was copied to 3-0 and not acknowledged, so that it is pending still: ERR why"))
        #expect(server.commands.filter { $0[0] == "EVALSHA" }.count == 1)
    }

    /// A server on which 1-0 and 2-0 are pending, and a connection to it.
    private func pretender(
        _ script: @escaping @Sendable ([String]) -> FakeAnswer
    ) throws -> (server: FakeRedis, connection: RedisConnection) {
        let rows = RedisReply.array(
            (1...2).map { .array([.text("\($0)-0"), .text("c"), .integer(100_000), .integer(1)]) })
        let server = try FakeRedis { words in
            switch words[0] {
            case "XPENDING": .reply(rows)
            case "EVALSHA": script(words)
            default: .ok
            }
        }
        let endpoint = RedisEndpoint(address: .tcp(host: "127.0.0.1", port: server.port))
        return (server, try RedisConnection(endpoint: endpoint, timeout: .seconds(5)))
    }

    @Test("is given up where it is lost in a script: what was moved before is told, and the script is not sent again")
    func lost() async throws {
        let entry: [RedisReply] = [.text("1-0"), .text("moved"), .text("c"), .integer(9), .integer(1), .text("3-0")]
        let (server, connection) = try pretender { words in
            // The first run deals with one entry of two.
            guard words.suffix(4) == ["1-0", "0", "2-0", "0"] else { return .bytesThenHangUp([]) }
            return .reply(.array([.text(""), .array([.array(entry)])]))
        }
        var rescuer = Rescuer(connection: connection)
        let outcome = await rescuer.carryOut(.move(to: "retry"))
        let moved = MovedEntry(
            id: StreamID(milliseconds: 1, sequence: 0), consumer: Name("c"), idleMilliseconds: 9, deliveries: 1,
            copy: StreamID(milliseconds: 3, sequence: 0))
        #expect(outcome.entries == [moved])
        #expect(outcome.obstacle == .connection("the server closed the connection"))
        #expect(outcome.cursor == .zero)
        #expect(server.commands.filter { $0[0] == "EVALSHA" }.count == 2)
        #expect(await !connection.isOpen)
    }
}
