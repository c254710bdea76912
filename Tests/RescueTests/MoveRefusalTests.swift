import Platform
import RedisClient
import Remediation
import Rescue
import StreamModel
import TestSupport
import Testing

@Suite("What cannot be moved stays as it was")
struct MoveRefusalTests {
    /// Carries the order out; expects that nothing has changed, and gives why.
    private func refusal(
        _ stage: Stage, to destination: String, as user: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> RemediationOutcome.Obstacle? {
        let before = try await stage.dump("s", destination)
        var rescuer = try stage.rescuer(as: user)
        let outcome = await rescuer.carryOut(.move(to: destination))
        #expect(outcome.entries.isEmpty, sourceLocation: sourceLocation)
        #expect(outcome.left.isEmpty, sourceLocation: sourceLocation)
        #expect(try await stage.dump("s", destination) == before, sourceLocation: sourceLocation)
        return outcome.obstacle
    }

    private func text(_ obstacle: RemediationOutcome.Obstacle?) -> String {
        if case .server(let text) = obstacle { text } else { "\(String(describing: obstacle))" }
    }

    @Test("where the destination is no stream", arguments: ServerProgram.all)
    func wrongType(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        try await stage.hold([entry("a")])
        try await stage.client.send("SET", "text", "x")
        let reason = "WRONGTYPE Operation against a key holding the wrong kind of value"
        #expect(text(try await refusal(stage, to: "text")) == reason)
        var rescuer = try stage.rescuer()
        #expect(await rescuer.carryOut(RemediationOrder.move(to: "text").rehearsed).obstacle == .server(reason))
    }

    @Test("where the destination can have no more entries", arguments: ServerProgram.all)
    func exhausted(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        try await stage.hold([entry("a")])
        // Nothing refuses it but XADD itself, with the entry in hand.
        try await stage.client.send("XADD", "retry", "\(UInt64.max)-\(UInt64.max)", "f", "v")
        #expect(
            text(try await refusal(stage, to: "retry")).hasPrefix("ERR The stream has exhausted the last possible ID"))
    }

    @Test("where the memory is full, or the server takes no writes", arguments: ServerProgram.all)
    func full(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        try await stage.hold([entry("a")])
        try await stage.client.send("CONFIG", "SET", "maxmemory", "1")
        #expect(text(try await refusal(stage, to: "s")).hasPrefix("OOM command not allowed"))
        #expect(text(try await refusal(stage, to: "retry")).hasPrefix("OOM command not allowed"))
        try await stage.client.send("CONFIG", "SET", "maxmemory", "0")
        try await stage.client.send("REPLICAOF", "127.0.0.1", "\(try LoopbackListener.unusedPort())")
        #expect(text(try await refusal(stage, to: "retry")).hasPrefix("READONLY You can't write"))
    }

    @Test("where this user may not run one of the commands", arguments: ServerProgram.all)
    func denied(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        try await stage.hold([entry("a")])
        for command in ["xack", "xadd", "xrange", "xpending", "evalsha", "eval"] {
            let user = "no-\(command)"
            try await stage.client.send("ACL", "SETUSER", user, "on", ">pw", "~*", "+@all", "-\(command)")
            try await stage.client.send("SCRIPT", "FLUSH")
            let text = text(try await refusal(stage, to: "retry", as: user))
            #expect(text.contains("can't run this command") || text.contains("no permissions to run"), "\(text)")
            #expect(text.lowercased().contains(command), "\(text)")
            #expect(!text.contains("@user_script"))
        }
    }

    @Test("where this user may not write to the destination", arguments: ServerProgram.all)
    func deniedKey(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        try await stage.hold([entry("a")])
        try await stage.client.send("ACL", "SETUSER", "weir", "on", ">pw", "~s", "+@all")
        #expect(text(try await refusal(stage, to: "retry", as: "weir")).hasPrefix("NOPERM"))
    }

    @Test("where other groups would see the copies in their own stream as new", arguments: ServerProgram.all)
    func otherGroups(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        let ids = try await stage.hold([entry("a")])
        try await stage.client.send("XGROUP", "CREATE", "s", "h", "$")
        #expect(try await refusal(stage, to: "s") == .refused(.otherGroups(count: 2)))
        var rescuer = try stage.rescuer()
        #expect(
            await rescuer.carryOut(RemediationOrder.move(to: "s").rehearsed).obstacle
                == .refused(.otherGroups(count: 2)))
        #expect(await rescuer.carryOut(.move(to: "retry")).entries.map(\.id) == ids)
    }

    @Test("where there is no such group, or no such stream", arguments: ServerProgram.all)
    func nothingThere(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        try await stage.hold([entry("a")], group: "h")
        #expect(text(try await refusal(stage, to: "retry")).hasPrefix("NOGROUP"))
        try await stage.client.send("DEL", "s")
        #expect(text(try await refusal(stage, to: "retry")).hasPrefix("NOGROUP"))
    }

    @Test("where the two streams are in different slots of a cluster")
    func slots() async throws {
        // Together: a cluster is ready after two seconds, not before.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for program in ServerProgram.all {
                group.addTask { try await slots(program) }
            }
            try await group.waitForAll()
        }
    }

    private func slots(_ program: ServerProgram) async throws {
        let stage = try await Stage(program, ["--cluster-enabled", "yes"])
        try await stage.pipeline(
            stride(from: 0, to: 16_384, by: 1_024).map { first in
                let slots = (first..<first + 1_024).map { Array(String($0).utf8) }
                return RedisCommand([Array("CLUSTER".utf8), Array("ADDSLOTS".utf8)] + slots)
            })
        try await eventually {
            let state = try await stage.client.send("CLUSTER", "INFO").bytes ?? []
            return String(decoding: state, as: UTF8.self).contains("cluster_state:ok")
        }
        try await stage.hold([entry("a")])
        try await stage.hold([entry("b")], in: "s{1}")
        #expect(try await refusal(stage, to: "retry") == .refused(.slotsDiffer), "\(program)")
        var rescuer = try stage.rescuer()
        #expect(await rescuer.carryOut(.move(to: "retry{1}", from: "s{1}")).entries.count == 1, "\(program)")
        #expect(try await stage.entries("retry{1}").map(\.fields) == [entry("b")], "\(program)")
    }
}
