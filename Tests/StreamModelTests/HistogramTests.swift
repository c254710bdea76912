import StreamModel
import Testing

@Suite("A histogram")
struct HistogramTests {
    @Test(
        "counts a duration at the first bound that is not below it",
        arguments: [
            (0, [1, 0, 0]), (0.05, [1, 0, 0]), (0.1, [1, 0, 0]), (0.100_1, [0, 1, 0]), (1, [0, 1, 0]),
            (9.99, [0, 0, 1]), (10, [0, 0, 1]), (10.01, [0, 0, 0]), (1e9, [0, 0, 0]), (-0.001, [1, 0, 0]),
        ] as [(Double, [UInt64])])
    func bounds(seconds: Double, counts: [UInt64]) {
        var histogram = Histogram(bounds: [0.1, 1, 10])
        histogram.record(seconds: seconds)
        #expect(histogram.counts == counts)
        #expect(histogram.count == 1)
        #expect(histogram.sum == seconds)
    }

    @Test("adds up")
    func sum() {
        var histogram = Histogram(bounds: [1, 2])
        for seconds in [0.5, 1.5, 1.75, 4] { histogram.record(seconds: seconds) }
        #expect(histogram.counts == [1, 2])
        #expect(histogram.count == 4)
        #expect(histogram.sum == 7.75)
    }

    @Test("of a poll has ascending bounds", arguments: [PollStatistics().duration, PollStatistics().roundTrip])
    func ascending(histogram: Histogram) {
        #expect(histogram.bounds == Set(histogram.bounds).sorted())
        #expect(histogram.counts.count == histogram.bounds.count)
    }
}
