import Alerting
import StreamModel
import Testing

@Suite("The memory of a server")
struct MemoryRulesTests {
    private static let mebibyte: Int64 = 1 << 20

    private func target(
        used: Int64?, maximum: Int64?, configured: Int64? = nil, limits: [AlertRule: [RuleLimit: Int64]] = [:]
    ) -> RuledTarget {
        var target = RuledTarget(limits: limits) { $0.memoryLimitBytes = configured.map { $0 * Self.mebibyte } }
        target.snapshot.nodes = [
            RuledTarget.up { node in
                node.memory.usedBytes = used.map { $0 * Self.mebibyte }
                node.memory.maxBytes = maximum.map { $0 * Self.mebibyte }
            }
        ]
        return target
    }

    @Test(
        "is high above nine tenths of the limit, the server's own before the configured one",
        arguments: [
            (900, 1_000, nil, "clear"),
            (901, 1_000, nil, "10.0.0.1:6379 uses 901.0 MiB, 90 % of its maxmemory of 1000.0 MiB."),
            (1_100, 1_000, 5_000, "10.0.0.1:6379 uses 1100.0 MiB, 110 % of its maxmemory of 1000.0 MiB."),
            (901, 0, 1_000, "10.0.0.1:6379 uses 901.0 MiB, 90 % of its memory_limit of 1000.0 MiB."),
            (901, nil, 1_000, "10.0.0.1:6379 uses 901.0 MiB, 90 % of its memory_limit of 1000.0 MiB."),
            (900, 0, 1_000, "clear"), (901, 0, nil, "clear"), (901, nil, nil, "unknown"), (nil, 1_000, nil, "unknown"),
            (nil, 0, nil, "clear"),
        ] as [(Int64?, Int64?, Int64?, String)])
    func high(used: Int64?, maximum: Int64?, configured: Int64?, text: String) {
        var target = target(used: used, maximum: maximum, configured: configured)
        #expect(target.look(.memoryHigh).text == text)
    }

    @Test("is high from where somebody wants it to be")
    func tuned() {
        for (share, isHigh) in [(499, true), (500, false)] as [(Int64, Bool)] {
            var target = target(used: 500, maximum: 1_000, limits: [.memoryHigh: [.share: share]])
            #expect((target.look(.memoryHigh).finding != nil) == isHigh)
        }
    }

    @Test(
        "runs out within an hour",
        arguments: [
            (
                3_599, nil,
                "10.0.0.1:6379 will reach its maxmemory of 1000.0 MiB in 59 min at the present rate: it uses 100.0 MiB "
                    + "now."
            ),
            (0, nil, "10.0.0.1:6379 has reached its maxmemory of 1000.0 MiB: it uses 100.0 MiB now."),
            (3_600, nil, "clear"), (nil, nil, "clear"), (59, 60_000, ""), (60, 60_000, "clear"),
        ] as [(Double?, Int64?, String)])
    func runway(seconds: Double?, within: Int64?, text: String) {
        var target = RuledTarget(limits: within.map { [.memoryRunway: [.within: $0]] } ?? [:])
        _ = target.look(.memoryRunway)
        target.snapshot.nodes[0].memoryRunwaySeconds = seconds
        let found = target.look(.memoryRunway, at: 60)
        if text.isEmpty { #expect(found.finding != nil) } else { #expect(found.text == text) }
    }

    @Test(
        "has reached its limit from 98 % of it on, whether it grows or not",
        arguments: [
            (979, 1_000, nil, nil, "clear"),
            (980, 1_000, nil, nil, "10.0.0.1:6379 has reached its maxmemory of 1000.0 MiB: it uses 980.0 MiB now."),
            (980, 1_000, nil, 7_200, "10.0.0.1:6379 has reached its maxmemory of 1000.0 MiB: it uses 980.0 MiB now."),
            (1_001, 1_000, nil, nil, "10.0.0.1:6379 has reached its maxmemory of 1000.0 MiB: it uses 1001.0 MiB now."),
            (980, 0, 1_000, nil, "10.0.0.1:6379 has reached its memory_limit of 1000.0 MiB: it uses 980.0 MiB now."),
            (980, 0, nil, nil, "clear"),
        ] as [(Int64, Int64, Int64?, Double?, String)])
    func full(used: Int64, maximum: Int64, configured: Int64?, runway: Double?, text: String) {
        var target = target(used: used, maximum: maximum, configured: configured)
        _ = target.look(.memoryRunway)
        target.snapshot.nodes[0].memoryRunwaySeconds = runway
        #expect(target.look(.memoryRunway, at: 60).text == text)
    }

    @Test("has no runway before a window was seen: that is no good news")
    func early() {
        var target = RuledTarget()
        #expect(target.look(.memoryRunway, at: 0).text == "unknown")
        #expect(target.look(.memoryRunway, at: 55).text == "unknown")
        #expect(target.look(.memoryRunway, at: 60).text == "clear")
        let up = target.snapshot.nodes
        target.snapshot.nodes = [RuledTarget.down("gone")]
        _ = target.look(.memoryRunway, at: 65)
        target.snapshot.nodes = up
        #expect(target.look(.memoryRunway, at: 70).text == "unknown")
        #expect(target.look(.memoryRunway, at: 130).text == "clear")
        target.snapshot.nodes = [RuledTarget.up { $0.identity = RuledTarget.identity(run: "b2") }]
        #expect(target.look(.memoryRunway, at: 135).text == "unknown")
    }

    @Test(
        "is unlimited where nobody says a limit",
        arguments: [
            (0, nil, "10.0.0.1:6379 has no maxmemory, and its target no memory_limit. It uses 100.0 MiB now."),
            (0, 1_000, "clear"), (1_000, nil, "clear"), (nil, nil, "unknown"), (nil, 1_000, "clear"),
        ] as [(Int64?, Int64?, String)])
    func unlimited(maximum: Int64?, configured: Int64?, text: String) {
        var target = target(used: 100, maximum: maximum, configured: configured)
        #expect(target.look(.memoryUnlimited).text == text)
    }
}
