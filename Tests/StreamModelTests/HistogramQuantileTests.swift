import StreamModel
import Testing

@Suite("A quantile of a histogram")
struct HistogramQuantileTests {
    private func histogram(_ seconds: [Double]) -> Histogram {
        var histogram = Histogram(bounds: [0.1, 1, 10])
        for value in seconds { histogram.record(seconds: value) }
        return histogram
    }

    @Test(
        "lies within the bucket that holds it",
        arguments: [
            ([0.05], 0.5, 0.05), ([0.05], 1, 0.1), ([0.5], 1, 1), ([0.05, 0.5], 0.5, 0.1), ([0.05, 0.5], 0.75, 0.55),
            ([5, 5], 0.5, 5.5), ([99], 0.5, 10), ([0.05, 99], 0.99, 10), ([0.05], 0, 0), ([0.5], 0, 0.1),
        ] as [([Double], Double, Double)])
    func inside(recorded: [Double], quantile: Double, value: Double) throws {
        let found = try #require(histogram(recorded).quantile(quantile, since: histogram([])))
        #expect(abs(found - value) < 1e-9)
    }

    @Test("is of what was recorded since")
    func since() {
        #expect(histogram([5, 5, 0.05]).quantile(1, since: histogram([5, 5])) == 0.1)
        #expect(histogram([5]).quantile(1, since: histogram([5])) == nil)
    }

    @Test("is not known where the earlier one is not its own")
    func another() {
        #expect(histogram([5, 5]).quantile(1, since: histogram([0.05])) == nil)
        #expect(histogram([]).quantile(1, since: histogram([0.05])) == nil)
        #expect(histogram([5, 5]).quantile(1, since: Histogram(bounds: [1])) == nil)
    }
}
