import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

/// Windows of a minute over a count.
@Suite("A rolling window's growth")
struct RollingWindowTests {
    private struct Look: Equatable, Sendable {
        @Compact var count: Int64?
    }

    private func growth(_ samples: [(second: Double, count: Int64?)]) -> Double? {
        var window = RollingWindow<Look>()
        for (second, count) in samples {
            window.record(
                Look(count: count), at: Timestamp(milliseconds: Int64(second * 1_000)), windowMilliseconds: 60_000)
        }
        return window.growthPerSecond(of: \.count, windowMilliseconds: 60_000)
    }

    @Test(
        "is what was added within the window, per second",
        arguments: [
            ([(0, 0), (30, 300), (60, 600)], 10),
            ([(0, 0), (30, 0), (60, 600)], 10),
            ([(0, 7), (30, 7), (60, 7)], 0),
            // A third of the window is enough, less is not.
            ([(0, 0), (10, 10), (20, 40)], 2), ([(0, 0), (5, 10), (19, 40)], nil),
            // Two looks are too few, however far apart.
            ([(0, 0), (60, 600)], nil), ([(0, 0)], nil), ([], nil),
            // What is from before the window counts as far as it reaches into it: 10 a second, then 1.
            ([(0, 0), (100, 1_000), (130, 1_030), (160, 1_060)], 1),
            ([(0, 0), (100, 1_000), (150, 1_050)], (1_050 - 900) / 60.0),
            // What is not known ends what is.
            ([(0, 0), (20, nil), (30, 300), (40, 400), (50, 500)], 10),
            ([(0, 0), (20, 200), (40, 400), (50, nil)], nil),
            ([(0, nil), (20, nil), (40, nil), (60, nil)], nil),
            // A count that falls is no growth.
            ([(0, 900), (30, 100), (60, 200)], 0),
        ] as [([(second: Double, count: Int64?)], Double?)])
    func growth(samples: [(second: Double, count: Int64?)], perSecond: Double?) {
        #expect(growth(samples) == perSecond)
    }

    @Test("of a steady count is the same however often and evenly one looks", arguments: UInt64(1)...12)
    func steady(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let rate = Double.random(in: 5...5_000, using: &random)
        var samples: [(second: Double, count: Int64?)] = []
        var second = 0.0
        let longest = Double.random(in: 0.3...25, using: &random)
        while second < 200 {
            samples.append((second, Int64(second * rate)))
            second += Double.random(in: 0.1...longest, using: &random)
        }
        let growth = try #require(self.growth(samples))
        #expect(abs(growth - rate) <= rate * 0.01 + 0.1, "\(growth) of \(rate)")
    }

    @Test("of a count that changes its pace is that of the window alone", arguments: [1, 2.5, 5, 7, 19] as [Double])
    func change(interval: Double) throws {
        // 100 a second until second 100, none until 200, then 40.
        let samples = stride(from: 0, through: 320, by: interval).map { second in
            (second, Int64(min(second, 100) * 100 + max(0, second - 200) * 40)) as (Double, Int64?)
        }
        #expect(try #require(growth(samples.filter { $0.0 <= 199 })) < 1)
        #expect(abs(try #require(growth(samples)) - 40) < 0.5)
    }
}
