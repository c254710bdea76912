import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

/// The usual thresholds: a window of 1 minute, stale after 5, abandoned after a day.
@Suite("A consumer's status")
struct ConsumerStatusTests {
    private static let minute: Int64 = 60_000
    private static let day: Int64 = 86_400_000

    /// It holds entries since long ago, reads now and then, and is in time with all.
    private static let holder = ConsumerFacts(
        pending: 10, idleMilliseconds: 1_000, inactiveMilliseconds: 1_000, longestHeldMilliseconds: 1_000,
        holdingMilliseconds: 20 * minute, progressMilliseconds: nil, hasGroupMoved: true, trustedMilliseconds: .max)

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var status: ConsumerStatus?
        var facts: ConsumerFacts

        init(_ what: String, _ status: ConsumerStatus?, _ change: (inout ConsumerFacts) -> Void) {
            testDescription = "\(what): \(status.map(\.rawValue) ?? "not known")"
            self.status = status
            facts = holder
            change(&facts)
        }
    }

    private static let withoutEntries = [
        Case("nothing pending, not seen for a day", .abandoned) {
            ($0.pending, $0.idleMilliseconds, $0.inactiveMilliseconds) = (0, day, day)
        },
        Case("nothing pending, not seen for a moment less", .idle) {
            ($0.pending, $0.idleMilliseconds, $0.inactiveMilliseconds) = (0, day - 1, day)
        },
        Case("nothing pending, got something lately", .active) { $0.pending = 0 },
        Case("nothing pending, got something a window ago", .idle) {
            ($0.pending, $0.inactiveMilliseconds) = (0, minute)
        },
        Case("reads a quiet stream again and again", .idle) {
            ($0.pending, $0.idleMilliseconds, $0.inactiveMilliseconds) = (0, 5, 3 * minute)
        },
        Case("blocks on a quiet stream", .idle) {
            ($0.pending, $0.idleMilliseconds, $0.inactiveMilliseconds) = (0, 9 * 3_600_000, 9 * 3_600_000)
        },
        Case("has only been created", .idle) {
            ($0.pending, $0.idleMilliseconds, $0.inactiveMilliseconds, $0.hasGroupMoved) = (0, 5, nil, false)
        },
        Case("reads with NOACK, which is no success by the server's books", .active) {
            ($0.pending, $0.idleMilliseconds, $0.inactiveMilliseconds) = (0, 5, nil)
        },
        Case("before 7.2: got something lately", .active) { ($0.pending, $0.inactiveMilliseconds) = (0, nil) },
        Case("before 7.2: got something a window ago", .idle) {
            ($0.pending, $0.idleMilliseconds, $0.inactiveMilliseconds) = (0, minute, nil)
        },
    ]

    private static let withEntries = [
        Case("in time", .active) { _ in },
        Case("in time, though not seen for long: it works on one batch", .active) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (5 * minute, 5 * minute)
        },
        Case("nothing of what it holds was looked at", .active) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (day, nil)
        },

        Case("overdue, not seen since: a crash", .stale) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (5 * minute + 1, 5 * minute + 1)
        },
        Case("overdue for days, and not seen for days: never abandoned", .stale) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (9 * day, 9 * day)
        },
        Case("overdue, a re-read of its history a moment ago", .active) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (100, 100)
        },
        Case("overdue, last seen when it was not: dead or not, too early to tell", .active) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (5 * minute - 1, 5 * minute + 1)
        },
        Case("overdue, but first seen so less than a window ago", nil) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (day, day)
            $0.holdingMilliseconds = minute - 1
        },
        Case("overdue, and first seen so a window ago", .stale) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds, $0.holdingMilliseconds) = (day, day, minute)
        },

        Case("overdue, and seen since: forgotten", .stuck) { $0.longestHeldMilliseconds = 6 * minute },
        Case("overdue, seen a moment before it was", .active) { $0.longestHeldMilliseconds = 5 * minute + 1_000 },
        Case("overdue, seen a moment after it was", .stuck) { $0.longestHeldMilliseconds = 5 * minute + 1_001 },
        Case("overdue, seen since, but less than a window of looking", nil) {
            ($0.longestHeldMilliseconds, $0.holdingMilliseconds) = (6 * minute, minute - 1)
        },

        Case("overdue and unseen, but it becomes less: a long batch", .busy) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (day, day)
            $0.progressMilliseconds = minute - 1
        },
        Case("the same, with the last progress a window ago", .stale) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (day, day)
            $0.progressMilliseconds = minute
        },
        Case("overdue and seen, but its head moves: it fetches far ahead", .busy) {
            ($0.longestHeldMilliseconds, $0.progressMilliseconds) = (6 * minute, 0)
        },
        Case("in time, unseen for a window, and it becomes less", .busy) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds, $0.progressMilliseconds) = (minute, minute, 0)
        },
        Case("in time, seen, and it becomes less", .active) { $0.progressMilliseconds = 0 },

        Case("all of it from before the server's restart", .active) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (day, day)
            $0.trustedMilliseconds = 5 * minute
        },
        Case("overdue and unseen since the server's restart", .stale) {
            ($0.idleMilliseconds, $0.longestHeldMilliseconds) = (day, day)
            $0.trustedMilliseconds = 5 * minute + 1
        },
    ]

    @Test("is what the first rule says that holds", arguments: withoutEntries + withEntries)
    func rules(_ test: Case) {
        #expect(ConsumerStatus.of(test.facts, HealthThresholds()) == test.status)
    }

    @Test("With a window longer than stale_after, one is seen for as long as the window")
    func longWindow() {
        var thresholds = HealthThresholds()
        thresholds.staleAfterMilliseconds = 10_000
        var facts = Self.holder
        (facts.idleMilliseconds, facts.longestHeldMilliseconds) = (59_999, 59_999)
        #expect(ConsumerStatus.of(facts, thresholds) == .active)
        (facts.idleMilliseconds, facts.longestHeldMilliseconds) = (60_000, 60_000)
        #expect(ConsumerStatus.of(facts, thresholds) == .stale)
    }

    @Test("of whatever the server says is no trap, and no alarm without a window", arguments: UInt64(1)...8)
    func total(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func number() -> Int64 {
            Bool.random(using: &random)
                ? Int64.random(in: 0...600_000, using: &random) : .random(in: 0 ... .max, using: &random)
        }
        func maybe() -> Int64? { Bool.random(using: &random) ? number() : nil }
        for _ in 0..<5_000 {
            var facts = ConsumerFacts(
                pending: Bool.random(using: &random) ? 0 : number(), idleMilliseconds: number(),
                inactiveMilliseconds: maybe(), longestHeldMilliseconds: maybe(), holdingMilliseconds: maybe(),
                progressMilliseconds: maybe(), hasGroupMoved: .random(using: &random), trustedMilliseconds: number())
            let status = ConsumerStatus.of(facts, HealthThresholds())
            if status == .stale || status == .stuck { #expect(facts.pending > 0) }
            if status == .abandoned || status == .idle { #expect(facts.pending == 0) }
            facts.holdingMilliseconds = 59_999
            #expect(![.stale, .stuck].contains(ConsumerStatus.of(facts, HealthThresholds())))
        }
    }
}
