import StreamModel
import Testing

@testable import Alerting

@Suite("A group's lag")
struct GroupLagRuleTests {
    @Test(
        "is high by how late the group is, at two levels",
        arguments: [
            (60, .clear, .clear), (60.1, .fires, .clear), (300, .fires, .clear), (300.1, .fires, .fires),
            (nil, .unknown, .unknown),
        ] as [(Double?, RuleBench.Outcome, RuleBench.Outcome)])
    func levels(seconds: Double?, warning: RuleBench.Outcome, critical: RuleBench.Outcome) {
        var bench = RuleBench()
        let look = TargetSnapshot.shop(group: .waiting(10, seconds: seconds))
        #expect(bench.outcome(.lagHigh, .warning, on: look) == warning)
        #expect(bench.outcome(.lagHigh, .critical, on: look) == critical)
    }

    @Test("is not high where nothing waits, whether or not it is known since when")
    func nothingWaits() {
        var bench = RuleBench()
        #expect(bench.outcome(.lagHigh, .warning, on: .shop(group: .waiting(0, seconds: nil))) == .clear)
        #expect(bench.outcome(.lagHigh, .critical, on: .shop(group: .waiting(0, seconds: nil))) == .clear)
    }

    @Test(
        "is high by the user's own limits, the critical one as many times the usual one where it is not set",
        arguments: [
            ([.seconds: 10_000], 10.1, .fires, .clear), ([.seconds: 10_000], 50, .fires, .clear),
            ([.seconds: 10_000], 50.1, .fires, .fires), ([.seconds: 600_000], 301, .clear, .clear),
            ([.criticalSeconds: 90_000], 91, .fires, .fires),
            ([.seconds: 10_000, .criticalSeconds: 90_000], 89, .fires, .clear),
        ] as [([RuleLimit: Int64], Double, RuleBench.Outcome, RuleBench.Outcome)])
    func tuned(limits: [RuleLimit: Int64], seconds: Double, warning: RuleBench.Outcome, critical: RuleBench.Outcome) {
        var bench = RuleBench { $0.rules[.lagHigh, default: RuleSettings()].limits = limits }
        let look = TargetSnapshot.shop(group: .waiting(10, seconds: seconds))
        #expect(bench.outcome(.lagHigh, .warning, on: look) == warning)
        #expect(bench.outcome(.lagHigh, .critical, on: look) == critical)
    }

    @Test("has one level where the user has given the rule a severity")
    func ownSeverity() throws {
        var bench = RuleBench { $0.rules[.lagHigh, default: RuleSettings()].severity = .critical }
        let look = TargetSnapshot.shop(group: .waiting(10, seconds: 1000))
        #expect(try bench.finding(.lagHigh, on: look).severity == .critical)
        #expect(bench.outcome(.lagHigh, .critical, on: look) == .clear)
    }

    @Test(
        "is high by entries only where it is not known how late the group is, and they are limited",
        arguments: [
            (.waiting(1001, seconds: nil), .fires), (.waiting(1000, seconds: nil), .clear),
            (.waiting(1100, within: 99, seconds: nil), .fires), (.waiting(1100, within: 100, seconds: nil), .unknown),
            (.waiting(900, within: 100, seconds: nil), .clear), (.waiting(5000, seconds: 1), .clear),
            (.waiting(0, seconds: nil), .clear), (.unseen, .unknown),
        ] as [(GroupSnapshot, RuleBench.Outcome)])
    func entries(group: GroupSnapshot, outcome: RuleBench.Outcome) {
        var bench = RuleBench { $0.rules[.lagHigh, default: RuleSettings()].limits = [.entries: 1000] }
        #expect(bench.outcome(.lagHigh, on: .shop(group: group)) == outcome)
    }

    @Test("says how far behind the group is, and when it will have caught up")
    func words() throws {
        var bench = RuleBench { $0.rules[.lagHigh, default: RuleSettings()].limits = [.entries: 1000] }
        let what =
            "Group shippers of stream orders is 6 min behind, more than 60 s: it has 1234 entries waiting (exact), "
        let group = GroupSnapshot.waiting(1234, seconds: 370)
        func said(_ group: GroupSnapshot) throws -> String { try bench.finding(.lagHigh, on: .shop(group: group)).what }
        #expect(try said(group) == what + "the first since 6 min.")
        #expect(
            try said(group.with { $0.drainSeconds = 90 })
                == what + "the first since 6 min. At the present rates none will wait in 90 s.")
        #expect(
            try said(group.with { $0.isDraining = false }) == what + "the first since 6 min. They do not become fewer.")
        #expect(
            try said(.waiting(1234, within: 5, seconds: nil))
                == "Group shippers of stream orders has about 1234 entries waiting (within 5), more than 1000; since when "
                + "is not known.")
        #expect(try bench.finding(.lagHigh, on: .shop(group: group)).command == "XINFO GROUPS orders")
    }

    @Test(
        "is unknown where neither the server nor weir can tell, but not where nobody has looked",
        arguments: [
            (.shop(group: .shippers { $0.lag = nil }), .fires),
            (.shop(group: .waiting(10, within: 9)), .clear),
            (
                .shop(
                    group: .shippers {
                        $0.lag = nil
                        $0.error = .noPermission(command: "XINFO")
                    }), .unknown
            ),
            (.shop([.partial([.shippers { $0.lag = nil }])]), .unknown),
            (.shop([.failed(.noPermission(command: "XINFO"))]), .unknown),
        ] as [(TargetSnapshot, RuleBench.Outcome)])
    func unknown(snapshot: TargetSnapshot, outcome: RuleBench.Outcome) {
        var bench = RuleBench()
        #expect(bench.outcome(.lagUnknown, on: snapshot) == outcome)
    }

    @Test(
        "is unknown in words that say what is known",
        arguments: [
            (nil, "the server gives no lag"), (12, "the server's lag of 12 cannot be relied on"),
        ] as [(Int64?, String)])
    func unknownWords(reported: Int64?, why: String) throws {
        var bench = RuleBench()
        let group = GroupSnapshot.shippers {
            $0.lag = nil
            $0.reportedLag = reported
        }
        #expect(
            try bench.finding(.lagUnknown, on: .shop(group: group)).what
                == "How many entries wait for group shippers of stream orders is not known: \(why). The group was last "
                + "given 1800000000000-0, and the stream holds 1000 entries.")
    }
}
