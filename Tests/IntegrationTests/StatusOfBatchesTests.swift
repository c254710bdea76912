import StreamModel
import TestSupport
import Testing

/// On real servers, with a window of 1 s and entries overdue after 500 ms.
@Suite("Statuses of those who work on many entries", .serialized)
struct StatusOfBatchesTests {
    @Test("A long batch keeps its reader busy, also among others that read on", arguments: ServerProgram.all)
    func longBatch(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 200)
        var batch = try await stage.read("slow", 200)
        var watch = try await StatusWatch(stage.server)
        var inHand: [String] = []
        let looks = try await watch.look(for: .seconds(3)) {
            try await stage.acknowledge(Array(batch.prefix(2)))
            batch = Array(batch.dropFirst(2))
            // The other has as much in hand as it likes, by turns more and less.
            try await stage.acknowledge(inHand)
            try await stage.add(1 + batch.count % 3)
            inHand = try await stage.read("quick", 3)
        }
        #expect(!batch.isEmpty)
        #expect(looks.groups == [.unknown, .ok])
        #expect(looks.statuses("slow").isDisjoint(with: ConsumerStatus.dead))
        #expect(looks.statuses("quick").isDisjoint(with: ConsumerStatus.dead))
        #expect(looks.last?.consumers["slow"] == .busy)
    }

    @Test("A peer that claims is none the worse for it, and what it takes saves nobody", arguments: ServerProgram.all)
    func claimed(_ program: ServerProgram) async throws {
        let stage = try await StatusStage(program, entries: 100)
        var held = try await stage.read("dead", 100)
        var watch = try await StatusWatch(stage.server)
        try await watch.look { $0.consumers["dead"] == .stale }
        let looks = try await watch.look(for: .seconds(2)) {
            let (id, next) = (held.removeFirst(), held.first ?? "")
            try await stage.client.send("XCLAIM", "s", "g", "peer", "0", id, next)
            try await stage.acknowledge([id])
        }
        #expect(!held.isEmpty)
        #expect(looks.groups == [.ok])
        #expect(looks.statuses("dead") == [.stale])
        #expect(looks.statuses("peer").isSubset(of: [.active, .busy]))
    }
}
