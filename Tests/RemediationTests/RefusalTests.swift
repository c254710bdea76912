import StreamModel
import Testing

@testable import Remediation

@Suite("What keeps a policy from acting")
struct RefusalTests {
    /// A claim that nothing stands in the way of.
    private static var good: GuardFacts {
        var facts = GuardFacts(
            role: "master", windowMilliseconds: 60_000, judgedGroups: 10, unhealthyGroups: 1,
            minIdleMilliseconds: 600_000)
        facts.memoryShare = 0.5
        facts.steadyMilliseconds = 3_600_000
        facts.p99HoldMilliseconds = 5_000
        facts.claimant = GuardFacts.Claimant(
            name: Name("rescuer"), rereadsOwnPEL: true,
            standing: ConsumerStanding(name: Name("rescuer"), idleMilliseconds: 1_000), freshnessMilliseconds: 300_000)
        return facts
    }

    private static func with(_ change: (inout GuardFacts) -> Void) -> GuardFacts {
        var facts = good
        change(&facts)
        return facts
    }

    private static let targetCases: [(GuardFacts, Refusal?)] = [
        (with { $0.pause = "deploy" }, .paused(reason: "deploy")), (with { $0.pause = nil }, nil),
        (with { $0.role = "slave" }, .notPrimary(role: "slave")), (with { $0.role = nil }, nil),
        (with { $0.steadyMilliseconds = 599_999 }, .discontinuity),
        (with { $0.steadyMilliseconds = 600_000 }, nil), (with { $0.steadyMilliseconds = nil }, nil),
        // Two windows, where entries need not be idle for so long.
        (
            with {
                $0.minIdleMilliseconds = 1
                $0.steadyMilliseconds = 119_999
            }, .discontinuity
        ),
        (
            with {
                $0.minIdleMilliseconds = 1
                $0.steadyMilliseconds = 120_000
            }, nil
        ),
        (with { $0.memoryShare = 0.9 }, nil), (with { $0.memoryShare = 0.901 }, .memory(percent: 90)),
        (with { $0.memoryShare = 1.5 }, .memory(percent: 150)), (with { $0.memoryShare = nil }, nil),
        (with { $0.unhealthyGroups = 4 }, nil), (with { $0.unhealthyGroups = 5 }, .storm(unhealthy: 5, of: 10)),
        // Of four groups, all of them in trouble say nothing.
        (
            with {
                $0.judgedGroups = 4
                $0.unhealthyGroups = 4
            }, nil
        ),
        (
            with {
                $0.judgedGroups = 5
                $0.unhealthyGroups = 3
            }, .storm(unhealthy: 3, of: 5)
        ),
        (
            with {
                $0.storm.share = 1
                $0.unhealthyGroups = 9
            }, nil
        ),
        (
            with {
                $0.storm.share = 1
                $0.unhealthyGroups = 10
            }, .storm(unhealthy: 10, of: 10)
        ),
    ]

    @Test("of the target: each rule on both sides of its edge", arguments: targetCases)
    func ofTarget(_ facts: GuardFacts, _ expected: Refusal?) {
        #expect(Refusal.ofTarget(facts) == expected)
    }

    private static let groupCases: [(GuardFacts, Refusal?)] = [
        (good, nil), (with { $0.areConsumersKnown = false }, .consumersUnknown),
        (with { $0.p99HoldMilliseconds = 600_000 }, nil),
        (with { $0.p99HoldMilliseconds = 600_001 }, .holdTime(p99Milliseconds: 600_001)),
        (with { $0.p99HoldMilliseconds = nil }, nil), (with { $0.claimant = nil }, nil),
        (with { $0.claimant?.rereadsOwnPEL = false }, .notDeclared(consumer: Name("rescuer"))),
        (with { $0.claimant?.standing = nil }, .noSuchConsumer(Name("rescuer"))),
        (with { $0.claimant?.standing?.idleMilliseconds = 299_999 }, nil),
        (
            with { $0.claimant?.standing?.idleMilliseconds = 300_000 },
            .notAlive(consumer: Name("rescuer"), idleMilliseconds: 300_000)
        ),
        (with { $0.claimant?.standing?.longestHeldMilliseconds = 599_999 }, nil),
        (
            with { $0.claimant?.standing?.longestHeldMilliseconds = 600_000 },
            .overdueItself(consumer: Name("rescuer"))
        ),
        (with { $0.claimant?.robbed = Name("batch") }, .wouldRob(consumer: Name("batch"))),
    ]

    @Test("of the group: each rule on both sides of its edge", arguments: groupCases)
    func ofGroup(_ facts: GuardFacts, _ expected: Refusal?) {
        #expect(Refusal.ofGroup(facts) == expected)
    }

    @Test("says the first reason where there are several, the one that the others depend on")
    func order() {
        var facts = Self.good
        facts.unhealthyGroups = 10
        facts.memoryShare = 0.95
        facts.steadyMilliseconds = 0
        facts.role = "slave"
        facts.pause = ""
        var found: [String] = []
        while let refusal = Refusal.ofTarget(facts) {
            found.append(refusal.code)
            switch refusal {
            case .paused: facts.pause = nil
            case .notPrimary: facts.role = "master"
            case .discontinuity: facts.steadyMilliseconds = nil
            case .memory: facts.memoryShare = 0.1
            default: facts.unhealthyGroups = 0
            }
        }
        #expect(found == ["paused", "not_primary", "discontinuity", "memory", "storm"])
    }
}
