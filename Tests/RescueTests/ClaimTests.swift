import RedisClient
import Remediation
import Rescue
import StreamModel
import TestSupport
import Testing

@Suite("Claiming entries")
struct ClaimTests {
    private static let knowing = ServerProgram.all.filter(\.isFrom62)

    /// Entries held by c, and a consumer r that was seen a moment ago.
    private func stage(_ program: ServerProgram, entries: Int) async throws -> (stage: Stage, ids: [StreamID]) {
        let stage = try await Stage(program)
        let ids = try await stage.hold((0..<entries).map { entry("\($0)") })
        try await stage.hold([entry("last")], by: "r", idle: 0)
        return (stage, ids)
    }

    @Test("gives them to the consumer, whose deliveries they do not count as", arguments: knowing)
    func claim(program: ServerProgram) async throws {
        let (stage, ids) = try await stage(program, entries: 3)
        var rescuer = try stage.rescuer()
        let rehearsal = await rescuer.carryOut(RemediationOrder.claim(to: "r").rehearsed)
        let outcome = await rescuer.carryOut(.claim(to: "r"))
        for outcome in [rehearsal, outcome] {
            #expect(outcome.obstacle == nil)
            #expect(outcome.entries.map(\.id) == ids)
            #expect(outcome.entries.map(\.consumer) == Array(repeating: Name("c"), count: 3))
            #expect(outcome.entries.map(\.deliveries) == [2, 2, 2])
            #expect(outcome.cursor == .zero)
        }
        let rows = try await stage.client.send("XPENDING", "s", "g", "-", "+", "3", "r").elements ?? []
        #expect(rows.map { $0.elements?[3].integer } == [2, 2, 2])
    }

    @Test("goes on where the last order came to, and tells which entries are lost", arguments: knowing)
    func cursor(program: ServerProgram) async throws {
        let (stage, ids) = try await stage(program, entries: 8)
        for index in [1, 6] { try await stage.client.send("XDEL", "s", "\(ids[index])") }
        var rescuer = try stage.rescuer()
        var order = RemediationOrder.claim(to: "r", allowance: 3)
        var (claimed, purged): ([StreamID], [StreamID]) = ([], [])
        for _ in 0..<10 {
            let outcome = await rescuer.carryOut(order)
            #expect(outcome.obstacle == nil)
            #expect(outcome.entries.count <= 3)
            claimed += outcome.entries.map(\.id)
            purged += outcome.purged
            order.cursor = outcome.cursor
            if order.cursor == .zero { break }
        }
        #expect(order.cursor == .zero)
        #expect(claimed == [0, 2, 3, 4, 5, 7].map { ids[$0] })
        #expect(purged == [1, 6].map { ids[$0] })
    }

    @Test("is not done for a consumer that is not there, or was not seen for long", arguments: ServerProgram.all)
    func consumer(program: ServerProgram) async throws {
        let (stage, _) = try await stage(program, entries: 1)
        let before = try await stage.dump("s")
        var rescuer = try stage.rescuer()
        for order in [RemediationOrder.claim(to: "nobody"), .claim(to: "nobody").rehearsed] {
            #expect(await rescuer.carryOut(order).obstacle == .refused(.noSuchConsumer(Name("nobody"))))
        }
        let obstacle = await rescuer.carryOut(.claim(to: "r", freshness: 0)).obstacle
        guard case .refused(.notAlive(Name("r"), let idle)) = obstacle else {
            Issue.record("\(String(describing: obstacle))")
            return
        }
        #expect((0..<60_000).contains(idle))
        #expect(try await stage.dump("s") == before)
    }

    @Test("is not done to a consumer that is at work on them", arguments: knowing)
    func spared(program: ServerProgram) async throws {
        let (stage, _) = try await stage(program, entries: 2)
        let before = try await stage.dump("s")
        var rescuer = try stage.rescuer()
        var order = RemediationOrder.claim(to: "r")
        order.spared = [Name("c"), Name("r")]
        for order in [order, order.rehearsed] {
            #expect(await rescuer.carryOut(order).obstacle == .refused(.wouldRob(consumer: Name("c"))))
        }
        #expect(try await stage.dump("s") == before)
    }

    @Test("is not done where the server or this user cannot", arguments: ServerProgram.all)
    func denied(program: ServerProgram) async throws {
        let (stage, _) = try await stage(program, entries: 1)
        let before = try await stage.dump("s")
        if !program.isFrom62 {
            var rescuer = try stage.rescuer()
            #expect(await rescuer.carryOut(.claim(to: "r")).obstacle == .refused(.noAutoclaim))
            let rehearsal = await rescuer.carryOut(RemediationOrder.claim(to: "r").rehearsed)
            #expect(rehearsal.obstacle == .refused(.noAutoclaim))
        } else {
            try await stage.client.send("ACL", "SETUSER", "weir", "on", ">pw", "~*", "+@all", "-xautoclaim", "-command")
            var rescuer = try stage.rescuer(as: "weir")
            guard case .server(let text) = await rescuer.carryOut(.claim(to: "r")).obstacle else {
                Issue.record("it is no error of the server")
                return
            }
            #expect(text.hasPrefix("NOPERM") && text.contains("xautoclaim"))
            // Whether the server knows it could not be asked.
            #expect(await rescuer.carryOut(RemediationOrder.claim(to: "r").rehearsed).entries.count == 1)
        }
        #expect(try await stage.dump("s") == before)
    }

    @Test("understands Redis 6.2, which purges nothing, and looks again while the cursor moves")
    func old() async throws {
        let consumer: [RedisReply] = [
            .text("name"), .text("r"), .text("pending"), .integer(0), .text("idle"), .integer(5),
        ]
        let row: [RedisReply] = [.text("7-0"), .text("c"), .integer(100_000), .integer(4)]
        let server = try FakeRedis { words in
            switch words[0] {
            case "XINFO": .reply(.array([.array(consumer)]))
            case "XPENDING": .reply(.array(words[3] == "5-1" ? [.array(row)] : []))
            case "XAUTOCLAIM" where words[5] == "0-0": .reply(.array([.text("5-1"), .array([])]))
            case "XAUTOCLAIM": .reply(.array([.text("0-0"), .array([.text("7-0"), .text("8-0"), .null])]))
            default: .ok
            }
        }
        let connection = try RedisConnection(
            endpoint: RedisEndpoint(address: .tcp(host: "127.0.0.1", port: server.port)), timeout: .seconds(5))
        var rescuer = Rescuer(connection: connection)
        let outcome = await rescuer.carryOut(.claim(to: "r", allowance: 40))
        #expect(outcome.obstacle == nil)
        #expect(
            outcome.entries == [
                MovedEntry(
                    id: StreamID(milliseconds: 7, sequence: 0), consumer: Name("c"), idleMilliseconds: 100_000,
                    deliveries: 4),
                MovedEntry(id: StreamID(milliseconds: 8, sequence: 0)),
            ])
        #expect(outcome.purged.isEmpty)
        #expect(outcome.cursor == .zero)
        let calls = server.commands.filter { $0[0] == "XAUTOCLAIM" }
        #expect(calls.last == ["XAUTOCLAIM", "s", "g", "r", "60000", "5-1", "COUNT", "40", "JUSTID"])
        #expect(calls.count == 2)
    }
}
