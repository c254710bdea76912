import StreamModel
import TestSupport
import Testing

/// On real servers, with a window of 1 s and entries overdue after 500 ms.
@Suite("Statuses after a restart and a jump of the clock", .serialized)
struct StatusAfterGapsTests {
    @Test("A restart of the server alarms nobody", arguments: ServerProgram.all)
    func restart(_ program: ServerProgram) async throws {
        var stage = try await StatusStage(program, ["--appendonly", "yes"], entries: 3)
        var watch = try await StatusWatch(stage.server)
        try await watch.look { [stage] in
            try await stage.acknowledge(try await stage.read("c", 2, from: "0"))
            try await stage.add(2)
            try await stage.read("c", 1)
        } until: {
            $0.group == .ok || $0.group == .lagging
        }
        try await stage.restart {
            // Away for longer than anything may be idle.
            for _ in 0..<3 {
                let look = try await watch.poll()
                #expect(look?.group == nil)
                try await Task.sleep(for: .milliseconds(400))
            }
        }
        let after = try await watch.look(for: .milliseconds(500))
        #expect(after.groups == [.unknown])
        #expect(after.statuses("c").isDisjoint(with: ConsumerStatus.dead))
        let back = try await watch.look(for: .seconds(2)) { [stage] in
            try await stage.acknowledge(try await stage.read("c", 9, from: "0"))
            try await stage.add(1)
            try await stage.read("c", 99)
        }
        #expect(back.groups.isDisjoint(with: GroupStatus.alarming))
        #expect(back.last?.group == .ok)
        #expect(back.statuses("c").isDisjoint(with: ConsumerStatus.dead))
    }

    /// From Redis 6.2 a server may be told how often to listen meanwhile.
    @Test("A server that has its data still to load alarms nobody", .enabled(if: ServerProgram.system.isFrom62))
    func loading() async throws {
        // 20 ms for each key, and an ear for others between two.
        let slowly = ["--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024"]
        var stage = try await StatusStage(.system, slowly + ["--rdbcompression", "no"], entries: 9)
        try await stage.read("c", 1)
        try await stage.client.send("EVAL", "for i = 1, 100 do redis.call('SET', i, string.rep('x', 1100)) end", "0")
        try await stage.client.send("SAVE")
        var watch = try await StatusWatch(stage.server)
        try await watch.look { $0.group == .stopped && $0.consumers["c"] == .stale }
        try await stage.restart(whileLoading: true)
        #expect(try await watch.poll()?.group == nil)
        let after = try await watch.look { $0.group != .unknown }
        #expect(after.count > 3)
        #expect(after.dropLast().map { $0 }.statuses("c") == [.active])
    }

    @Test("A clock that jumps alarms nobody", arguments: ServerProgram.all)
    func clockJump(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 1)
        var watch = try await StatusWatch(stage.server)
        let work = {
            try await stage.add(1)
            try await stage.acknowledge(try await stage.read("c", 9))
        }
        try await watch.look(work) { $0.group == .ok }
        for jump in [Duration.seconds(3_600), .zero] {
            watch.clockJump = jump
            let looks = try await watch.look(work) { $0.group == .ok }
            #expect(looks.groups == [.unknown, .ok])
            #expect(looks.statuses("c").isDisjoint(with: ConsumerStatus.dead))
        }
    }
}
