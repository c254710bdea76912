import TestSupport
import Testing

@testable import StreamHealth

@Suite("Histogram of ages")
struct AgeHistogramTests {
    private static func histogram(_ ages: some Sequence<Int64>) -> AgeHistogram {
        var histogram = AgeHistogram()
        for age in ages { histogram.add(milliseconds: age) }
        return histogram
    }

    @Test("has bins that follow on one another, of a sixteenth at most")
    func bounds() {
        var end: Int64 = 0
        for index in 0..<432 {
            let bounds = AgeHistogram.bounds(of: index)
            #expect(bounds.lowerBound == end)
            #expect(bounds.count == 1 || bounds.count * 16 <= bounds.lowerBound)
            end = bounds.upperBound
        }
        #expect(end == 1 << 30)
    }

    @Test("puts each age into the bin that holds it", arguments: UInt64(1)...5)
    func places(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let age = Int64.random(in: 0..<(1 << Int64.random(in: 1...30, using: &random)), using: &random)
            let bins = Array(Self.histogram([age, age]).bins)
            #expect(bins.count == 1 && bins.first?.rows == 2)
            #expect(bins.first.map { AgeHistogram.bounds(of: $0.index).contains(age) } == true, "\(age)")
        }
    }

    @Test("is cut off before the bin that an age lies in, unless that begins there")
    func below() {
        let histogram = Self.histogram([0, 31, 32, 33, 1_000])
        #expect(histogram.below(1_000) == Self.histogram([0, 31, 32, 33]))
        #expect(histogram.below(33) == Self.histogram([0, 31]))
        #expect(histogram.below(32) == Self.histogram([0, 31]))
        #expect(histogram.below(-5).isEmpty)
        #expect(Self.histogram([.max]).below(.max) == Self.histogram([.max]))
    }

    @Test("takes what lies beyond its ends as the ends")
    func ends() {
        let histogram = Self.histogram([-5, 0, .max, 1 << 40])
        #expect(histogram == Self.histogram([0, 0, 1 << 30 - 1, 1 << 30 - 1]))
    }

    @Test("keeps what is below the bins that are left when bins are joined", arguments: UInt64(1)...20)
    func joined(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let ages = (0..<1_000).map { _ in Int64(1) << Int64.random(in: 0..<25, using: &random) }
        var joined = Self.histogram(ages.map { $0 + Int64.random(in: 0...$0, using: &random) })
        let full = joined
        joined.compact(to: 20)
        #expect(joined.packed.count == 20)
        #expect(joined.rows == 1_000)
        for bin in joined.bins {
            let end = Double(AgeHistogram.bounds(of: bin.index).lowerBound)
            #expect(joined.rows(upTo: end) == full.rows(upTo: end))
        }
    }

    @Test("adds up, and is restored from what it is packed into", arguments: UInt64(1)...10)
    func sums(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let ages = (0..<200).map { _ in Int64.random(in: 0...500_000, using: &random) }
        let (one, other) = (Self.histogram(ages.prefix(80)), Self.histogram(ages.dropFirst(80)))
        let all = Self.histogram(ages)
        #expect(one.merged(with: other) == all)
        #expect(AgeHistogram().merged(with: all) == all)
        var sum = one
        sum.add(other, limit: .max)
        #expect(sum == all)
        #expect(AgeHistogram(packed: all.packed) == all)
    }

    @Test("is not restored from what it cannot have said")
    func invalid() {
        let packed = Self.histogram([1, 50, 900]).packed
        #expect(AgeHistogram(packed: packed.reversed()) == nil)
        #expect(AgeHistogram(packed: [packed[0], packed[0]]) == nil)
        #expect(AgeHistogram(packed: [packed[0] & ~0x7F_FFFF]) == nil)
        #expect(AgeHistogram(packed: [.max]) == nil)
    }

    @Test("stops counting where there is no more room")
    func saturated() {
        var histogram = Self.histogram([7])
        for _ in 0..<30 { histogram.add(histogram, limit: 40) }
        #expect(histogram.rows == 1 << 23 - 1)
        #expect(histogram.packed.count == 1)
    }

    @Test("shows a constant time, whether its ages are spread or keep step with the polls", arguments: [0.5, 0.01])
    func constantTime(share: Double) throws {
        let spread = try #require(
            Self.histogram((0..<1_000).map { 2 * $0 }).holdMilliseconds(share: share, millisecondsPerRow: 2))
        #expect(abs(spread / 2_000 - 1) < 0.05)
        let inStep = Self.histogram(Array(repeating: Int64(300), count: 100))
        #expect(inStep.holdMilliseconds(share: share, millisecondsPerRow: 50) == 5_000)
    }

    @Test("shows no time that is shorter than any row tells")
    func tooShort() {
        let long = Self.histogram((0..<100).map { 100 * $0 + 50_000 })
        #expect(long.holdMilliseconds(share: 0.5, millisecondsPerRow: 10) == nil)
        #expect(long.holdMilliseconds(share: 0.01, millisecondsPerRow: 10) != nil)
        #expect(AgeHistogram().holdMilliseconds(share: 0.5, millisecondsPerRow: 3) == nil)
    }
}
