import RedisClient
import Remediation
import StreamModel
import TestSupport
import Testing

@testable import Rescue

@Suite("Forgetting consumers")
struct ForgetTests {
    /// Consumers that hold nothing, and c, which holds an entry.
    private func stage(_ program: ServerProgram, empty: String...) async throws -> Stage {
        let stage = try await Stage(program)
        for name in empty {
            let ids = try await stage.hold([entry(name)], by: name)
            try await stage.client.send("XACK", "s", "g", "\(ids[0])")
        }
        try await stage.hold([entry("a")])
        return stage
    }

    private func consumers(_ stage: Stage) async throws -> Set<String> {
        let list = try await stage.client.send("XINFO", "CONSUMERS", "s", "g").elements ?? []
        return Set(list.compactMap { $0.elements?[1].bytes.map { String(decoding: $0, as: UTF8.self) } })
    }

    @Test("deletes those that hold nothing, as many as are allowed", arguments: ServerProgram.all)
    func forget(program: ServerProgram) async throws {
        let stage = try await stage(program, empty: "e1", "e2", "e3", "e4")
        var rescuer = try stage.rescuer()
        let order = RemediationOrder.forget("nobody", "c", "e1", "e2", "e3", allowance: 2)
        let rehearsal = await rescuer.carryOut(order.rehearsed)
        #expect(rehearsal.obstacle == nil)
        #expect(rehearsal.forgotten == [Name("e1"), Name("e2")])
        #expect(try await consumers(stage).count == 5)
        #expect(await rescuer.carryOut(order) == rehearsal)
        #expect(try await consumers(stage) == ["c", "e3", "e4"])
        #expect(await rescuer.carryOut(order).forgotten == [Name("e3")])
        #expect(try await consumers(stage) == ["c", "e4"])
        #expect(try await stage.pendingIDs().count == 1)
    }

    @Test("leaves those that were seen lately", arguments: ServerProgram.all)
    func seen(program: ServerProgram) async throws {
        let stage = try await stage(program, empty: "e1")
        var rescuer = try stage.rescuer()
        #expect(await rescuer.carryOut(.forget("e1", minIdle: 60_000)).forgotten.isEmpty)
        #expect(try await consumers(stage) == ["c", "e1"])
    }

    @Test("leaves those that have got an entry, or were seen, since they were looked at", arguments: ServerProgram.all)
    func race(program: ServerProgram) async throws {
        let stage = try await stage(program, empty: "e1")
        func answer(_ name: String, minIdle: String) async throws -> ScriptAnswer {
            let arguments = ["g", minIdle, name].map { Array($0.utf8) }
            return try ScriptAnswer(
                try await stage.pipeline([ForgetScript.script.wholeCommand([Name("s")], arguments)])[0])
        }
        for (name, idle) in [("c", "0"), ("e1", "60000"), ("nobody", "0")] {
            let answer = try await answer(name, minIdle: idle)
            #expect(answer.rows.isEmpty)
            #expect(answer.obstacle == nil)
        }
        #expect(try await consumers(stage) == ["c", "e1"])
        #expect(try await answer("e1", minIdle: "0").rows == [[.text("e1"), .integer(0)]])
        #expect(try await consumers(stage) == ["c"])
    }

    @Test("deletes nothing where this user may not", arguments: ServerProgram.all)
    func denied(program: ServerProgram) async throws {
        let stage = try await stage(program, empty: "e1")
        for command in ["xgroup", "xinfo", "evalsha"] {
            try await stage.client.send("ACL", "SETUSER", command, "on", ">pw", "~*", "+@all", "-\(command)")
            var rescuer = try stage.rescuer(as: command)
            let outcome = await rescuer.carryOut(.forget("e1"))
            #expect(outcome.forgotten.isEmpty)
            guard case .server(let text) = outcome.obstacle else {
                Issue.record("\(String(describing: outcome.obstacle))")
                continue
            }
            #expect(text.lowercased().contains(command), "\(text)")
        }
        #expect(try await consumers(stage) == ["c", "e1"])
    }
}
