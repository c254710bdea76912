import RedisClient
import Remediation
import StreamModel
import TestSupport
import Testing

@testable import Rescue

@Suite("Moving entries")
struct MoveTests {
    @Test("to the end of their own stream gives them to whoever reads next", arguments: ServerProgram.all)
    func requeue(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        let ids = try await stage.hold([entry("a"), entry("b")])
        var rescuer = try stage.rescuer()
        let outcome = await rescuer.carryOut(.move(to: "s"))

        #expect(outcome.obstacle == nil)
        #expect(outcome.cursor == .zero)
        #expect(outcome.entries.map(\.id) == ids)
        #expect(outcome.entries.map(\.consumer) == [Name("c"), Name("c")])
        #expect(outcome.entries.map(\.deliveries) == [2, 2])
        #expect(outcome.entries.allSatisfy { (120_000..<180_000).contains($0.idleMilliseconds ?? 0) })
        let entries = try await stage.entries("s")
        #expect(entries.map(\.fields) == [entry("a"), entry("b"), entry("a"), entry("b")])
        #expect(outcome.entries.map(\.copy) == entries.suffix(2).map(\.id))
        #expect(try await stage.pendingIDs().isEmpty)
        try await stage.client.send("XREADGROUP", "GROUP", "g", "other", "STREAMS", "s", ">")
        #expect(try await stage.pendingIDs() == entries.suffix(2).map(\.id))
    }

    @Test("to a stream for the dead keeps each byte, and says where they come from", arguments: ServerProgram.all)
    func deadLetter(program: ServerProgram) async throws {
        let odd: [[UInt8]] = [
            [], [0, 1, 255, 13, 10], [0xC3, 0x28], [], Array("same".utf8), [1], Array("same".utf8), [2],
        ]
        let long = (0..<3_000).flatMap { [Array("f\($0)".utf8), [UInt8(truncatingIfNeeded: $0)]] }
        let tooLong = (0..<4_000).flatMap { [Array("f\($0)".utf8), []] }
        let stage = try await Stage(program)
        let ids = try await stage.hold([odd, long, tooLong], deliveries: 7)
        var rescuer = try stage.rescuer()
        let now = Timestamp(milliseconds: 1_795_264_245_007)
        let order = RemediationOrder.move(to: "dead", least: 7, hasProvenance: true)
        let outcome = await rescuer.carryOut(order, at: now)

        #expect(outcome.obstacle == nil)
        #expect(outcome.entries.map(\.id) == [ids[0], ids[1]])
        #expect(outcome.left == [LeftEntry(id: ids[2], reason: .tooManyFields(4_000))])
        #expect(try await stage.pendingIDs() == [ids[2]])
        #expect(try await stage.entries("s").count == 3)
        let dead = try await stage.entries("dead")
        #expect(outcome.entries.map(\.copy) == dead.map(\.id))
        for (index, original) in [odd, long].enumerated() {
            let origin = [
                "weir-stream", "s", "weir-id", "\(ids[index])", "weir-group", "g", "weir-consumer", "c",
                "weir-deliveries", "7", "weir-at", "2026-11-21T12:30:45.007Z",
            ]
            #expect(dead[index].fields == original + origin.map { Array($0.utf8) })
        }
    }

    @Test("leaves those of which nothing is left, and says so", arguments: ServerProgram.all)
    func gone(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        let ids = try await stage.hold([entry("a"), entry("b"), entry("c")])
        try await stage.client.send("XDEL", "s", "\(ids[1])")
        var rescuer = try stage.rescuer()
        let outcome = await rescuer.carryOut(.move(to: "retry"))
        #expect(outcome.obstacle == nil)
        #expect(outcome.entries.map(\.id) == [ids[0], ids[2]])
        #expect(outcome.left == [LeftEntry(id: ids[1], reason: .bodyGone)])
        #expect(try await stage.pendingIDs() == [ids[1]])
        #expect(try await stage.entries("retry").map(\.fields) == [entry("a"), entry("c")])
    }

    @Test(
        "leaves what was acknowledged, claimed or delivered again since it was looked for", arguments: ServerProgram.all
    )
    func taken(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        let ids = try await stage.hold([entry("a"), entry("b"), entry("c"), entry("d")])
        try await stage.client.send("XACK", "s", "g", "\(ids[0])")
        try await stage.client.send("XCLAIM", "s", "g", "other", "0", "\(ids[1])")
        try await stage.age([ids[2]], idle: 120_000, deliveries: 9)
        let order = RemediationOrder.move(to: "retry", least: 2, tooMany: 9)
        let command = MoveScript.script.wholeCommand(
            [Name("s"), Name("retry")], MoveScript.arguments(order, provenance: nil, ids))
        let answer = try ScriptAnswer(try await stage.pipeline([command])[0])
        #expect(answer.obstacle == nil)
        #expect(answer.rows.prefix(3).map { MovedRow($0) } == [.taken, .taken, .taken])
        #expect(answer.rows.count == 4)
        #expect(try await stage.pendingIDs() == [ids[1], ids[2]])
        #expect(try await stage.entries("retry").map(\.fields) == [entry("d")])
    }

    @Test("is done in several runs where entries are many or large, and by scripts that the server has forgotten")
    func runs() async throws {
        let stage = try await Stage(.system)
        try await stage.hold((0..<250).map { entry("\($0)") })
        var rescuer = try stage.rescuer()
        let many = await rescuer.carryOut(.move(to: "retry", allowance: 1_000))
        #expect(many.entries.count == 250)
        #expect(try await stage.entries("retry").map(\.fields) == (0..<250).map { entry("\($0)") })
        var calls = try await stage.calls()
        // The first is not known yet.
        #expect(calls["evalsha"] == 3)
        #expect(calls["eval"] == 1)

        try await stage.hold((0..<5).map { entry(String(repeating: "\($0)", count: 400_000)) })
        try await stage.client.send("SCRIPT", "FLUSH")
        let large = await rescuer.carryOut(.move(to: "large"))
        #expect(large.obstacle == nil)
        #expect(large.entries.count == 5)
        calls = try await stage.calls()
        #expect(calls["evalsha"] == 6)
        #expect(calls["eval"] == 2)
        #expect(try await stage.pendingIDs().isEmpty)
    }

    @Test("goes on where the last order came to, and begins anew after the end")
    func cursor() async throws {
        let stage = try await Stage(.system)
        let ids = try await stage.hold((0..<7).map { entry("\($0)") })
        var rescuer = try stage.rescuer()
        var order = RemediationOrder.move(to: "retry", allowance: 3)
        order.skipped = [ids[0]]
        for expected in [[1, 2, 3], [4, 5, 6], [0]] {
            let outcome = await rescuer.carryOut(order)
            #expect(outcome.entries.map(\.id) == expected.map { ids[$0] })
            #expect(outcome.cursor == (expected == [1, 2, 3] ? ids[3] : .zero))
            order.cursor = outcome.cursor
            if expected.last == 6 { order.skipped = [] }
        }
        #expect(try await stage.pendingIDs().isEmpty)
    }
}
