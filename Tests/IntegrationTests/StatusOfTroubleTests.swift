import StreamModel
import TestSupport
import Testing

/// On real servers, with a window of 1 s and entries overdue after 500 ms.
@Suite("Statuses of the troubled", .serialized)
struct StatusOfTroubleTests {
    @Test("A consumer that crashed with entries in hand is stale", arguments: ServerProgram.all)
    func crash(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 2)
        try await stage.read("c", 2)
        var watch = try await StatusWatch(stage.server)
        let looks = try await watch.look {
            // Another goes on working.
            try await stage.add(1)
            try await stage.acknowledge(try await stage.read("d", 9))
        } until: {
            $0.consumers["c"] == .stale
        }
        #expect(looks.statuses("c") == [.active, .stale])
        #expect(looks.groups.isDisjoint(with: GroupStatus.alarming))
        #expect(looks.last?.consumers["d"] == .active)
    }

    @Test("A reader that has forgotten an entry is stuck", arguments: ServerProgram.all)
    func stuck(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 1)
        try await stage.read("c", 1)
        var watch = try await StatusWatch(stage.server)
        var late: [String] = []
        let looks = try await watch.look {
            // It has some of the others in hand at each look, and gets each done.
            try await stage.add(2)
            let fresh = try await stage.read("c", 9)
            try await stage.acknowledge(late + fresh.prefix(1))
            late = Array(fresh.dropFirst())
        } until: {
            $0.consumers["c"] == .stuck
        }
        #expect(!looks.statuses("c").contains(.stale))
        #expect(looks.groups.isDisjoint(with: GroupStatus.alarming))
    }

    @Test("A group whose consumers are gone has stopped", arguments: ServerProgram.all)
    func stopped(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 1)
        try await stage.acknowledge(try await stage.read("c", 9))
        var watch = try await StatusWatch(stage.server)
        try await watch.look { $0.group == .ok }
        try await stage.add(5)
        let looks = try await watch.look { $0.group == .stopped }
        #expect(looks.groups == [.ok, .stopped])
        #expect(looks.statuses("c").isSubset(of: [.idle, .active]))
    }

    @Test("A group without consumers has stopped where entries wait, and is well where none does")
    func withoutConsumers() async throws {
        let stage = try await StatusStage(.system)
        var watch = try await StatusWatch(stage.server)
        try await watch.look { $0.group == .ok }
        try await stage.add(1)
        try await watch.look { $0.group == .stopped }
    }

    @Test("A group whose consumers are there but read nothing is stalled", arguments: ServerProgram.all)
    func stalled(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 5)
        try await stage.read("c", 1)
        var watch = try await StatusWatch(stage.server)
        let looks = try await watch.look {
            // It goes round and round on what it has.
            try await stage.read("c", 1, from: "0")
        } until: {
            $0.group == .stalled
        }
        #expect(looks.groups == [.unknown, .stalled])
    }

    @Test("A group that cannot keep up lags, and is well once it catches up", arguments: ServerProgram.all)
    func lagging(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 50)
        var watch = try await StatusWatch(stage.server)
        let behind = try await watch.look {
            try await stage.add(5)
            try await stage.acknowledge(try await stage.read("c", 2))
        } until: {
            $0.group == .lagging
        }
        #expect(behind.groups == [.unknown, .lagging])
        let draining = try await watch.look {
            try await stage.add(1)
            try await stage.acknowledge(try await stage.read("c", 5))
        } until: {
            $0.group == .ok
        }
        #expect(draining.groups == [.lagging, .ok])
    }
}
