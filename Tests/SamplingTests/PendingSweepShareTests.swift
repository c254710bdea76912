import TestSupport
import Testing

@testable import Sampling

@Suite("Sharing a poll's pending rows")
struct PendingSweepShareTests {
    struct Example: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var total: Int
        var claims: [SweepClaim]
        var rows: [Int]

        init(_ description: String, _ total: Int, _ claims: [SweepClaim], _ rows: [Int]) {
            (testDescription, self.total, self.claims, self.rows) = (description, total, claims, rows)
        }
    }

    static func claim(_ entries: Int, left: Int? = nil, idle: Int64 = 0, turn: UInt64 = 0) -> SweepClaim {
        SweepClaim(entries: entries, left: left ?? entries, longestIdleMilliseconds: idle, lastTurn: turn)
    }

    static let examples = [
        Example("nobody asks", 100, [], []),
        Example("there is nothing to give", 0, [claim(5), claim(5_000)], [0, 0]),
        Example("all fit", 100, [claim(60), claim(40)], [60, 40]),
        Example("a list fits exactly", 100, [claim(100)], [100]),
        Example("what the small leave goes to the large one", 20_000, [claim(900_000), claim(10)], [19_990, 10]),
        Example(
            "the share grows with every list that needs less", 1_000,
            [claim(10), claim(300), claim(340), claim(9_000)], [10, 300, 340, 350]),
        Example("a large list is given no more than the sweep's rest", 20_000, [claim(900_000, left: 7)], [7]),
        Example(
            "two large lists: half goes round, half to the one in trouble", 8_000,
            [claim(90_000), claim(90_000, idle: 60_000)], [2_000, 6_000]),
        Example(
            "what the troubled one does not need goes to the healthy one", 8_000,
            [claim(90_000), claim(90_000, left: 2_500, idle: 60_000)], [5_500, 2_500]),
        Example(
            "pages are not cut up: those whose turn was longest ago come first", 4_000,
            [
                claim(5_000, turn: 3), claim(5_000, turn: 1), claim(5_000, turn: 2), claim(5_000, turn: 4),
                claim(5_000, idle: 9, turn: 5),
            ],
            [0, 1_000, 1_000, 0, 2_000]),
        Example(
            "whoever has no turn is not given a scrap", 3_000,
            [claim(5_000, turn: 1), claim(5_000, idle: 5, turn: 2), claim(5_000, left: 1_600, idle: 9, turn: 3)],
            [1_400, 0, 1_600]),
        Example("no list is given more than its commands can bring", 100_000, [claim(900_000)], [32_000]),
        Example("a list that its commands cannot bring does not fit", 100_000, [claim(40_000)], [32_000]),
    ]

    @Test("gives to each what the rules promise", arguments: examples)
    func share(_ example: Example) {
        #expect(SweepClaim.share(example.total, among: example.claims) == example.rows)
    }

    @Test("never gives more than there is, nor more than is left to see", arguments: UInt64(1)...200)
    func bounds(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let claims = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
            let entries = Int.random(in: 1...(Bool.random(using: &generator) ? 50 : 50_000), using: &generator)
            return Self.claim(
                entries, left: Int.random(in: 1...entries, using: &generator),
                idle: .random(in: 0...1_000, using: &generator), turn: .random(in: 0...5, using: &generator))
        }
        let total = Int.random(in: 0...60_000, using: &generator)
        let rows = SweepClaim.share(total, among: claims)
        #expect(rows.reduce(0, +) <= total)
        for (rows, claim) in zip(rows, claims) {
            #expect(rows <= claim.left || rows == claim.entries)
            if claim.entries <= min(total / claims.count, 32_000) { #expect(rows == claim.entries) }
        }
    }
}
