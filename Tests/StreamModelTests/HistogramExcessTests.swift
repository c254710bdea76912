import StreamModel
import Testing

@Suite("What a histogram has above a limit")
struct HistogramExcessTests {
    private func histogram(_ seconds: [Double]) -> Histogram {
        var histogram = Histogram(bounds: [0.1, 1, 10])
        for value in seconds { histogram.record(seconds: value) }
        return histogram
    }

    @Test(
        "is what lies in buckets that begin there or above",
        arguments: [
            (0.1, 4, 0.1), (0.1001, 2, 1), (0.5, 2, 1), (1, 2, 1), (5, 1, 10), (10, 1, 10), (10.1, 0, 10.1),
            (0, 4, 0.1),
        ] as [(Double, UInt64, Double)])
    func above(limit: Double, above: UInt64, bound: Double) throws {
        let found = try #require(histogram([0.05, 0.5, 0.9, 5, 99]).excess(over: limit, since: histogram([])))
        #expect(found.above == above && found.total == 5 && found.bound == bound)
    }

    @Test("is of what was recorded since")
    func since() {
        let found = histogram([5, 99, 5, 0.05]).excess(over: 1, since: histogram([5, 99]))
        #expect(found.map { [$0.above, $0.total] } == [1, 2])
        #expect(histogram([5]).excess(over: 1, since: histogram([5])) == nil)
    }

    @Test("is not known where the earlier one is not its own")
    func another() {
        #expect(histogram([5, 5]).excess(over: 1, since: histogram([0.05])) == nil)
        #expect(histogram([]).excess(over: 1, since: histogram([0.05])) == nil)
        #expect(histogram([5, 5]).excess(over: 1, since: Histogram(bounds: [1])) == nil)
        // What lay above the last bound is in no bucket.
        #expect(histogram([5, 5]).excess(over: 1, since: histogram([99])) == nil)
    }
}
