import FoundationEssentials
import StreamModel
import Testing

@testable import Alerting

@Suite("What the rules remember")
struct EvaluatorMemoryTests {
    private func look(lost: Int64, pending: Int64 = 0) -> TargetSnapshot {
        .shop(
            group: .shippers {
                $0.entriesLost = lost
                $0.pending.entries = pending
                $0.deliveredPerSecond = 20
            })
    }

    @Test("of losses outlives a restart: old ones are no news, those since are, and what was news still is")
    func restart() throws {
        var before = RuleBench()
        #expect(before.outcome(.entriesLost, on: look(lost: 3), at: 0) == .clear)
        #expect(before.outcome(.entriesLost, on: look(lost: 5), at: 10) == .fires)
        let file = try JSONEncoder().encode(before.evaluator.memory)

        func restarted() throws -> RuleBench {
            RuleBench(memory: try JSONDecoder().decode(EvaluatorMemory.self, from: file))
        }
        var soon = try restarted()
        #expect(try soon.finding(.entriesLost, on: look(lost: 5), at: 69).what.contains("has lost 2 entries"))
        var later = try restarted()
        #expect(later.outcome(.entriesLost, on: look(lost: 5), at: 100) == .clear)
        #expect(later.outcome(.entriesLost, on: look(lost: 6), at: 105) == .fires)
        var other = try restarted()
        let packers = AlertSubject.group(Name("packers"), stream: Name("orders"))
        let meanwhile = TargetSnapshot.shop([
            .orders([
                .shippers { $0.entriesLost = 5 }, .shippers(Name("packers")) { $0.entriesLost = 1 },
            ])
        ])
        #expect(other.outcome(.entriesLost, on: meanwhile, of: packers, at: 100) == .fires)
    }

    @Test("is written with the names as keys, and without what a restart may forget")
    func text() throws {
        var bench = RuleBench()
        #expect(bench.outcome(.pendingGrowing, on: look(lost: 3, pending: 10), at: 0) == .clear)
        #expect(bench.outcome(.pendingGrowing, on: look(lost: 5, pending: 10), at: 10) == .clear)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(bench.evaluator.memory), as: UTF8.self)
        #expect(
            text.hasPrefix(
                #"{"groups":{"hasLooked":true,"lost":{"orders":{"shippers":{"before":3,"count":5,"#
                    + #""grewAt":1800000010000}}},"skipped":{}},"streams":{"#))
        #expect(!bench.evaluator.memory.groups.growing.isEmpty)
    }
}
