import StreamModel
import Testing

@testable import Alerting

@Suite("Streams that nobody trims")
struct UntrimmedRuleTests {
    private typealias Figures = StreamSnapshot.Figures

    /// `megabytes` of the server's 1,000.
    private func figures(length: Int64?, first: Int64?, megabytes: Int64?) -> Figures {
        var figures = Figures.of(length: length, first: first, last: 0, at: 0)
        figures.firstEntryAgeSeconds = nil
        figures.memoryBytes = megabytes.map { $0 << 20 }
        return figures
    }

    private func look(_ target: inout RuledTarget, at second: Int64, _ figures: Figures) -> String {
        target.look(.streamUntrimmed, at: second, figures).text
    }

    @Test("are large ones that grow while their first entry stays")
    func growing() {
        var target = RuledTarget()
        #expect(look(&target, at: 0, figures(length: 10, first: 0, megabytes: 51)) == "clear")
        #expect(look(&target, at: 5, figures(length: 10, first: 0, megabytes: 51)) == "clear")
        let grown = figures(length: 12, first: 0, megabytes: 60)
        #expect(
            look(&target, at: 10, grown)
                == "s takes up 60.0 MiB, 6 % of the memory there is, and has grown from 10 to 12 entries while its first "
                + "stays the same (1790000000000-0).")
        #expect(look(&target, at: 3_600, grown) != "clear")
        #expect(look(&target, at: 3_605, figures(length: 11, first: 1, megabytes: 60)) == "clear")
        #expect(look(&target, at: 3_610, figures(length: 12, first: 1, megabytes: 60)) != "clear")
        #expect(look(&target, at: 3_615, figures(length: 0, first: nil, megabytes: 60)) == "clear")
        #expect(target.evaluator.memory.streams.untrimmed.isEmpty)
    }

    @Test("are none of those that are small: nothing is remembered of them")
    func small() {
        var target = RuledTarget()
        for length in 1...9 {
            #expect(
                look(&target, at: Int64(length), figures(length: Int64(length), first: 0, megabytes: 50)) == "clear")
        }
        #expect(target.evaluator.memory.streams.untrimmed.isEmpty)
    }

    @Test(
        "are large by the server's limit, else the configured one, else what is used",
        arguments: [
            (1_000, nil, 51, true), (1_000, nil, 50, false), (0, 2_000, 101, true), (0, 2_000, 100, false),
            (0, nil, 6, true), (0, nil, 5, false),
        ] as [(Int64, Int64?, Int64, Bool)])
    func limits(maximum: Int64, configured: Int64?, megabytes: Int64, isLarge: Bool) {
        var target = RuledTarget { $0.memoryLimitBytes = configured.map { $0 << 20 } }
        target.snapshot.nodes = [RuledTarget.up { $0.memory.maxBytes = maximum << 20 }]
        _ = look(&target, at: 0, figures(length: 1, first: 0, megabytes: megabytes))
        #expect((look(&target, at: 5, figures(length: 2, first: 0, megabytes: megabytes)) != "clear") == isLarge)
    }

    @Test("are as large as somebody says")
    func tuned() {
        for (share, isLarge) in [(99, true), (100, false)] as [(Int64, Bool)] {
            var target = RuledTarget(limits: [.streamUntrimmed: [.memoryShare: share]])
            _ = look(&target, at: 0, figures(length: 1, first: 0, megabytes: 100))
            #expect((look(&target, at: 5, figures(length: 2, first: 0, megabytes: 100)) != "clear") == isLarge)
        }
    }

    @Test("are not known while their figures are not, once they were large")
    func unknown() {
        var target = RuledTarget()
        #expect(look(&target, at: 0, figures(length: 1, first: 0, megabytes: nil)) == "clear")
        _ = look(&target, at: 5, figures(length: 1, first: 0, megabytes: 60))
        #expect(look(&target, at: 10, figures(length: 2, first: 0, megabytes: nil)) == "unknown")
        #expect(look(&target, at: 15, figures(length: nil, first: 0, megabytes: 60)) == "unknown")
        #expect(look(&target, at: 20, figures(length: 2, first: 0, megabytes: 60)).hasPrefix("s takes up 60.0 MiB"))
    }

    @Test("are forgotten with their streams")
    func gone() {
        var target = RuledTarget()
        _ = look(&target, at: 0, figures(length: 1, first: 0, megabytes: 60))
        target.snapshot.streams = []
        target.snapshot.hasLookedEverywhere = false
        _ = target.look(.streamUntrimmed, at: 5, on: .stream(Name("s")))
        #expect(target.evaluator.memory.streams.untrimmed.count == 1)
        target.snapshot.hasLookedEverywhere = true
        _ = target.look(.streamUntrimmed, at: 10, on: .stream(Name("s")))
        #expect(target.evaluator.memory.streams.untrimmed.isEmpty)
    }
}
