import StreamModel
import Testing

@testable import Alerting

@Suite("Trimming near a group's place")
struct GroupTrimmingRuleTests {
    /// Entries wait, of a stream that is being trimmed.
    private static func trimmed(margin: Double?, drain: Double?, isDraining: Bool?) -> GroupSnapshot {
        .waiting(100).with {
            $0.trimMarginEntries = 900
            $0.trimMarginSeconds = margin
            $0.drainSeconds = drain
            $0.isDraining = isDraining
        }
    }

    private static let outOfWindow = GroupSnapshot.waiting(100).with { $0.status = .unknown }

    @Test(
        "is a risk where more than half of the stream is unread, or trimming is faster than the group",
        arguments: [
            (.waiting(500), .clear), (.waiting(501), .fires),
            (.waiting(600, within: 99), .fires), (.waiting(600, within: 100), .clear),
            (.shippers { $0.lag = nil }, .unknown), (.shippers(), .clear),
            (trimmed(margin: 60, drain: 60, isDraining: true), .clear),
            (trimmed(margin: 60, drain: 61, isDraining: true), .fires),
            (trimmed(margin: 3599, drain: nil, isDraining: false), .fires),
            (trimmed(margin: 3600, drain: nil, isDraining: false), .clear),
            (trimmed(margin: 60, drain: nil, isDraining: nil), .unknown),
            (trimmed(margin: 60, drain: nil, isDraining: true), .unknown),
            (trimmed(margin: nil, drain: 100, isDraining: true), .clear),
            (outOfWindow, .unknown),
        ] as [(GroupSnapshot, RuleBench.Outcome)])
    func risks(group: GroupSnapshot, outcome: RuleBench.Outcome) {
        var bench = RuleBench()
        #expect(bench.outcome(.trimRisk, on: .shop(group: group)) == outcome)
    }

    @Test(
        "is a risk by the user's own limit, and by the stream's length",
        arguments: [(800, 1000, .clear), (801, 1000, .fires), (1, 0, .clear), (1, nil, .unknown)]
            as [(Int64, Int64?, RuleBench.Outcome)])
    func tuned(lag: Int64, length: Int64?, outcome: RuleBench.Outcome) {
        var bench = RuleBench { $0.rules[.trimRisk, default: RuleSettings()].limits = [.unreadShare: 800] }
        let look = TargetSnapshot.shop([.orders([.waiting(lag)]) { $0.figures?.length = length }])
        #expect(bench.outcome(.trimRisk, on: look) == outcome)
    }

    @Test("is said to be one for the unread share, for the trimming, or for both")
    func words() throws {
        var bench = RuleBench()
        let margin = "Trimming reaches what group shippers of stream orders has not read or acknowledged in 3 min "
        let share =
            "Group shippers of stream orders has 750 entries waiting (exact), the first since 1 s: 75 % of the stream's "
            + "1000 entries."
        func said(_ group: GroupSnapshot) throws -> String {
            try bench.finding(.trimRisk, on: .shop(group: group)).what
        }
        let overtaken = Self.trimmed(margin: 180, drain: 240, isDraining: true)
        #expect(try said(overtaken) == margin + "(900 entries), and it needs 4 min to catch up.")
        #expect(
            try said(Self.trimmed(margin: 180, drain: nil, isDraining: false))
                == margin + "(900 entries), and it does not catch up.")
        #expect(
            try said(overtaken.with { $0.lag = .exact(750) })
                == margin + "(900 entries), and it needs 4 min to catch up. " + share)
        #expect(try said(.waiting(750)) == share + " No trimming has been seen so far.")
    }

    @Test("is not said to be without trimming where the counters show that there was some")
    func trimmedBefore() throws {
        var bench = RuleBench()
        let look = TargetSnapshot.shop([
            .orders([.waiting(750)]) {
                $0.figures?.counters = StreamCounters(
                    radixTreeKeys: 1, radixTreeNodes: 1, groups: 1, lastGeneratedID: .zero, firstEntryID: nil,
                    lastEntryID: nil, maxDeletedEntryID: nil, entriesAdded: 1001)
            }
        ])
        #expect(try !bench.finding(.trimRisk, on: look).what.contains("No trimming"))
    }
}
