import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("Where memory is heading")
struct MemoryTrendTests {
    private func runway(to limit: Int64, _ used: [(second: Int64, bytes: Int64)]) -> Double? {
        var trend = MemoryTrend()
        for (second, bytes) in used {
            trend.record(
                usedBytes: bytes, at: Timestamp(milliseconds: second * 1_000), windowMilliseconds: 60_000)
        }
        return trend.secondsUntil(limit, windowMilliseconds: 60_000)
    }

    private func every5(_ bytes: (Int64) -> Int64) -> [(second: Int64, bytes: Int64)] {
        stride(from: 0, through: 60, by: 5).map { ($0, bytes($0)) }
    }

    @Test("is the limit's distance by the rate of growth")
    func steady() {
        #expect(runway(to: 1_000_000, every5 { 400_000 + $0 * 1_000 }) == 540)
        #expect(runway(to: 1_000, every5 { 400_000 + $0 * 1_000 }) == 0)
    }

    @Test("is not bent by a table that doubles, or a buffer that comes and goes")
    func robust() {
        #expect(
            runway(to: 1_000_000, every5 { 200_000 + $0 * 1_000 + ($0 > 30 ? 100_000 : 0) }).map { abs($0 - 640) < 90 }
                == true)
        #expect(runway(to: 1_000_000, every5 { 400_000 + $0 * 1_000 + ($0 == 25 ? 300_000 : 0) }) == 540)
    }

    @Test("is none where memory does not grow, or nobody knows yet")
    func none() {
        #expect(runway(to: 1_000_000, every5 { _ in 400_000 }) == nil)
        #expect(runway(to: 1_000_000, every5 { 400_000 - $0 * 1_000 }) == nil)
        #expect(runway(to: 1_000_000, [(0, 1), (30, 100)]) == nil)
        #expect(runway(to: 1_000_000, [(0, 1), (10, 100), (20, 200), (30, 300)]) == nil)
        #expect(runway(to: 1_000_000, []) == nil)
    }

    @Test("is none for noise", arguments: UInt64(1)...20)
    func noise(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let used = every5 { _ in 1_000_000 + Int64.random(in: 0...50_000, using: &random) }
        // By chance noise may rise; then hardly faster than it is high.
        #expect(runway(to: 100_000_000, used).map { $0 > 60_000 } ?? true)
    }
}
