import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("A group's status")
struct GroupStatusTests {
    private static let day: Int64 = 86_400_000

    /// A group with nothing wrong, seen a moment ago.
    private static let healthy = GroupFacts(
        isWindowFull: true, lossesInWindow: 0, unseenMilliseconds: 0, isSeen: true, isBusy: false, isWaiting: false,
        isUnmoved: false, hasCaughtUp: false, isDraining: false)

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var status: GroupStatus
        var facts: GroupFacts

        init(_ what: String, _ status: GroupStatus, _ change: (inout GroupFacts) -> Void) {
            testDescription = "\(what): \(status)"
            self.status = status
            facts = healthy
            change(&facts)
        }
    }

    private static let cases = [
        Case("nothing waits, consumers work", .ok) { _ in },
        Case("nothing waits, nothing moves, nobody seen: a quiet stream", .ok) {
            ($0.isSeen, $0.isUnmoved, $0.unseenMilliseconds) = (false, true, day - 1)
        },

        Case("the window is not full, whatever else", .unknown) {
            ($0.isWindowFull, $0.lossesInWindow, $0.isSeen, $0.isUnmoved) = (false, 3, false, true)
            ($0.isWaiting, $0.unseenMilliseconds) = (true, day)
        },

        Case("a loss, whatever else", .losing) {
            ($0.lossesInWindow, $0.isSeen, $0.isUnmoved, $0.isWaiting) = (1, false, true, true)
            $0.unseenMilliseconds = day
        },
        Case("a loss while all else is well", .losing) { $0.lossesInWindow = 1 },

        Case("nobody seen for a day, nothing waits", .abandoned) {
            ($0.isSeen, $0.unseenMilliseconds, $0.isUnmoved) = (false, day, true)
        },
        Case("nobody seen for a day, and entries wait", .abandoned) {
            ($0.isSeen, $0.unseenMilliseconds, $0.isUnmoved, $0.isWaiting) = (false, day, true, true)
        },
        Case("nobody seen for a moment less", .stopped) {
            ($0.isSeen, $0.unseenMilliseconds, $0.isUnmoved, $0.isWaiting) = (false, day - 1, true, true)
        },

        Case("entries wait, nothing moves, nobody seen", .stopped) {
            ($0.isSeen, $0.isUnmoved, $0.isWaiting) = (false, true, true)
        },
        Case("the same, but it moved: somebody reads whom no poll catches", .lagging) {
            ($0.isSeen, $0.isUnmoved, $0.isWaiting) = (false, false, true)
        },
        Case("the same, but a long batch is at work", .lagging) {
            ($0.isSeen, $0.isUnmoved, $0.isWaiting, $0.isBusy) = (false, true, true, true)
        },

        Case("entries wait, nothing moves, consumers seen", .stalled) { ($0.isUnmoved, $0.isWaiting) = (true, true) },
        Case("the same, but no entry waits", .ok) { $0.isUnmoved = true },
        Case("the same, but a long batch is at work", .lagging) {
            ($0.isUnmoved, $0.isWaiting, $0.isBusy) = (true, true, true)
        },
        Case("nothing moves while what waits becomes less: it was deleted, not delivered", .stalled) {
            ($0.isUnmoved, $0.isWaiting, $0.isDraining) = (true, true, true)
        },

        Case("entries wait, and it moves, and they do not become fewer", .lagging) { $0.isWaiting = true },
        Case("the same, but they become fewer", .ok) { ($0.isWaiting, $0.isDraining) = (true, true) },
        Case("the same, but each is delivered by the next look", .ok) { ($0.isWaiting, $0.hasCaughtUp) = (true, true) },
    ]

    @Test("is what the first rule says that holds", arguments: cases)
    func rules(_ test: Case) {
        #expect(GroupStatus.of(test.facts, HealthThresholds()) == test.status)
    }

    @Test("There is always one, and none that alarms before the window is full", arguments: UInt64(1)...8)
    func total(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func chance() -> Bool { .random(using: &random) }
        for _ in 0..<2_000 {
            var facts = GroupFacts(
                isWindowFull: chance(), lossesInWindow: chance() ? 0 : .random(in: .min ... .max, using: &random),
                unseenMilliseconds: .random(in: .min ... .max, using: &random), isSeen: chance(), isBusy: chance(),
                isWaiting: chance(), isUnmoved: chance(), hasCaughtUp: chance(), isDraining: chance())
            let status = GroupStatus.of(facts, HealthThresholds())
            #expect((status == .unknown) == !facts.isWindowFull)
            if status == .stopped { #expect(!facts.isSeen) }
            // What is not known to wait is no reason for an alarm about delivery.
            facts.isWaiting = false
            #expect(![.lagging, .stalled, .stopped].contains(GroupStatus.of(facts, HealthThresholds())))
        }
    }

    @Test("goes by the names of the contract")
    func names() {
        #expect(
            Set(GroupStatus.allCases.map(\.rawValue)) == [
                "ok", "lagging", "stalled", "stopped", "abandoned", "losing", "unknown",
            ])
        #expect(
            Set(ConsumerStatus.allCases.map(\.rawValue)) == ["active", "idle", "busy", "stale", "stuck", "abandoned"])
    }
}
