/// Counts of durations by upper bounds, as Prometheus' histograms want them.
package struct Histogram: Equatable, Sendable {
    /// Upper bounds in seconds, ascending; what lies above the last is counted in `count` alone.
    package let bounds: [Double]
    /// How many lay at or below each bound and above the one before it.
    package private(set) var counts: [UInt64]
    package private(set) var count: UInt64 = 0
    package private(set) var sum: Double = 0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count)
    }

    /// Adds what another of the same bounds has counted.
    package mutating func add(_ other: Histogram) {
        count += other.count
        sum += other.sum
        for (index, count) in zip(counts.indices, other.counts) { counts[index] += count }
    }

    package mutating func record(seconds: Double) {
        count += 1
        sum += seconds
        guard let index = bounds.firstIndex(where: { seconds <= $0 }) else { return }
        counts[index] += 1
    }
}
