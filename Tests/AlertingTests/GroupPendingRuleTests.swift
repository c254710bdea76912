import StreamModel
import Testing

@testable import Alerting

@Suite("What a group holds")
struct GroupPendingRuleTests {
    private static func pending(
        _ entries: Int64?, oldest: Double? = nil, p99: Double? = nil, poison: Int64? = nil, idle: Double? = nil
    ) -> GroupSnapshot {
        .shippers {
            $0.pending.entries = entries
            $0.pending.oldestAgeSeconds = oldest
            $0.pending.poison = poison
            $0.pending.maxDeliveries = poison.map { $0 + 20 }
            $0.pending.maxIdleSeconds = idle
            $0.hold = p99.map { HoldQuantiles(medianSeconds: 1, p99Seconds: $0) }
        }
    }

    @Test(
        "is old after an hour, or ten times as long as entries are usually held",
        arguments: [
            (pending(5, oldest: 3600), .clear), (pending(5, oldest: 3601), .fires),
            (pending(5, oldest: 3601, p99: 360), .fires), (pending(5, oldest: 3999, p99: 400), .clear),
            (pending(5, oldest: 4001, p99: 400), .fires), (pending(5), .unknown), (pending(0), .clear),
            (pending(nil), .unknown), (pending(nil, oldest: 3601), .fires),
        ] as [(GroupSnapshot, RuleBench.Outcome)])
    func old(group: GroupSnapshot, outcome: RuleBench.Outcome) {
        var bench = RuleBench()
        #expect(bench.outcome(.pendingOld, on: .shop(group: group)) == outcome)
    }

    @Test("is old by the user's own limits")
    func tunedAge() {
        var bench = RuleBench {
            $0.rules[.pendingOld, default: RuleSettings()].limits = [.age: 60_000, .holds: 2]
        }
        #expect(bench.outcome(.pendingOld, on: .shop(group: Self.pending(5, oldest: 61))) == .fires)
        #expect(bench.outcome(.pendingOld, on: .shop(group: Self.pending(5, oldest: 61, p99: 40))) == .clear)
    }

    @Test("is old in words that show a claim loop")
    func oldWords() throws {
        var bench = RuleBench()
        let what = "An entry of group shippers of stream orders has been pending for 3 h"
        func said(_ group: GroupSnapshot) throws -> String {
            try bench.finding(.pendingOld, on: .shop(group: group)).what
        }
        #expect(try said(Self.pending(5, oldest: 10_800, idle: 10_000)) == what + ".")
        #expect(
            try said(Self.pending(5, oldest: 10_800, p99: 2, idle: 20))
                == what + ", while 99 % are held for 2 s at most. It has been claimed meanwhile: no idle time seen is "
                + "longer than 20 s.")
    }

    @Test(
        "is poisoned where an entry was delivered too often",
        arguments: [
            (pending(5, poison: 0), .clear), (pending(5, poison: 1), .fires), (pending(5), .unknown),
            (pending(0), .clear), (pending(nil), .unknown),
        ] as [(GroupSnapshot, RuleBench.Outcome)])
    func poisoned(group: GroupSnapshot, outcome: RuleBench.Outcome) {
        var bench = RuleBench()
        #expect(bench.outcome(.entryPoisoned, on: .shop(group: group)) == outcome)
    }

    @Test("is poisoned in words that say how often")
    func poisonedWords() throws {
        var bench = RuleBench()
        let finding = try bench.finding(.entryPoisoned, on: .shop(group: Self.pending(5, poison: 2)))
        #expect(
            finding.what == "Group shippers of stream orders has 2 pending entries delivered too often, up to 22 times."
        )
        #expect(finding.command == "XPENDING orders shippers - + 10")
    }

    /// Pending entries, with as many delivered and acknowledged per second.
    private func growing(_ entries: Int64?, _ delivered: Double?, _ acknowledged: Double?) -> TargetSnapshot {
        .shop(
            group: Self.pending(entries).with {
                $0.deliveredPerSecond = delivered
                $0.acknowledgedPerSecond = acknowledged
            })
    }

    @Test("grows from where more began to be delivered than acknowledged")
    func growth() throws {
        var bench = RuleBench()
        #expect(bench.outcome(.pendingGrowing, on: growing(100, 10, 8), at: 0) == .clear)
        #expect(bench.outcome(.pendingGrowing, on: growing(99, 10, 8), at: 5) == .clear)
        let finding = try bench.finding(.pendingGrowing, on: growing(101, 10, 8), at: 240)
        #expect(
            finding.what == "Group shippers of stream orders has 101 pending entries, 1 more than 4 min ago: 10 are "
                + "delivered per second, and 8 acknowledged.")
        #expect(finding.command == "XPENDING orders shippers")
        // What is delivered is acknowledged again: another growth begins.
        #expect(bench.outcome(.pendingGrowing, on: growing(150, 8, 8), at: 245) == .clear)
        #expect(bench.outcome(.pendingGrowing, on: growing(150, 10, 8), at: 250) == .clear)
        #expect(bench.outcome(.pendingGrowing, on: growing(151, 10, 8), at: 255) == .fires)
        #expect(bench.outcome(.pendingGrowing, on: growing(0, 10, 8), at: 260) == .clear)
    }

    @Test("goes on growing over looks that do not tell")
    func gaps() {
        var bench = RuleBench()
        #expect(bench.outcome(.pendingGrowing, on: growing(100, 10, 8)) == .clear)
        #expect(bench.outcome(.pendingGrowing, on: growing(120, nil, 8)) == .unknown)
        #expect(bench.outcome(.pendingGrowing, on: growing(120, 10, nil)) == .unknown)
        #expect(bench.outcome(.pendingGrowing, on: growing(nil, 10, 8)) == .unknown)
        #expect(bench.outcome(.pendingGrowing, on: .shop([.failed(.noPermission(command: "XINFO"))])) == .unknown)
        #expect(bench.outcome(.pendingGrowing, on: growing(101, 10, 8)) == .fires)
        #expect(bench.outcome(.pendingGrowing, on: .shop([.orders()])) == .gone(.groupGone))
        #expect(bench.outcome(.pendingGrowing, on: growing(102, 10, 8)) == .clear)
    }
}
