import RedisClient
import StreamModel
import TestSupport
import Testing

/// On real servers, with a window of 1 s and entries overdue after 500 ms.
@Suite("Statuses of the quiet and the healthy", .serialized)
struct StatusTests {
    @Test("A reader blocked on a quiet stream is idle, and so it stays", arguments: ServerProgram.all)
    func blocked(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program)
        let reader = try await stage.server.client()
        async let entries = reader.send("XREADGROUP", "GROUP", "g", "c", "BLOCK", "0", "STREAMS", "s", ">")
        var watch = try await StatusWatch(stage.server)
        let looks = try await watch.look(for: .seconds(3))
        #expect(looks.groups == [.unknown, .ok])
        #expect(looks.statuses("c").isSubset(of: [.idle]))
        try await stage.add(1)
        _ = try await entries
        #expect(try await watch.look(for: .milliseconds(300)).groups == [.ok])
    }

    @Test("Readers with NOACK are active while they get something, and never in trouble", arguments: ServerProgram.all)
    func noAck(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program)
        var watch = try await StatusWatch(stage.server)
        let busy = try await watch.look(for: .seconds(2)) {
            try await stage.add(1)
            try await stage.read("c", 10, noAck: true)
        }
        #expect(busy.groups == [.unknown, .ok])
        #expect(busy.last?.consumers["c"] == .active)
        let quiet = try await watch.look(for: .seconds(2))
        #expect(quiet.groups == [.ok])
        #expect(quiet.last?.consumers["c"] == .idle)
    }

    @Test("Reading history again is no trouble", arguments: ServerProgram.all)
    func history(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 3)
        try await stage.read("c", 3)
        var watch = try await StatusWatch(stage.server)
        let looks = try await watch.look(for: .seconds(3)) { try await stage.read("c", 10, from: "0") }
        #expect(looks.groups == [.unknown, .ok])
        #expect(looks.statuses("c") == [.active])
    }

    @Test("Nothing is concluded from the first looks, whatever there is to see", arguments: ServerProgram.all)
    func firstLooks(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 9)
        try await stage.read("dead", 3)
        try await Task.sleep(for: .milliseconds(1_100))
        var watch = try await StatusWatch(stage.server)
        let looks = try await watch.look { $0.group != .unknown }
        #expect(looks.count > 3)
        #expect(looks.dropLast().map { $0 }.statuses("dead").isDisjoint(with: ConsumerStatus.dead))
        #expect(looks.last?.group == .stopped)
        #expect(looks.last?.consumers["dead"] == .stale)
    }
}
