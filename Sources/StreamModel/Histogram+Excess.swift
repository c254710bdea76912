extension Histogram {
    /// How many of some durations certainly took longer than others may.
    package struct Excess: Equatable, Sendable {
        package var above: UInt64
        /// How many there were in all; never 0.
        package var total: UInt64
        /// What those above took longer than, in seconds.
        package var bound: Double
    }

    /// How many of those recorded since the histogram was `earlier` lie in buckets that begin at `seconds` or above.
    ///
    /// None does where `seconds` are beyond the last bound. Nil where nothing was recorded since, or `earlier` was another
    /// histogram.
    package func excess(over seconds: Double, since earlier: Histogram) -> Excess? {
        guard continues(earlier), count > earlier.count else { return nil }
        let total = count - earlier.count
        guard let index = bounds.firstIndex(where: { $0 >= seconds }) else {
            return Excess(above: 0, total: total, bound: seconds)
        }
        let below = zip(counts, earlier.counts).prefix(index + 1).reduce(0) { $0 + ($1.0 - $1.1) }
        return Excess(above: total - below, total: total, bound: bounds[index])
    }

    /// Whether nothing has become less since the histogram was `earlier`.
    package func continues(_ earlier: Histogram) -> Bool {
        bounds == earlier.bounds && zip(counts, earlier.counts).allSatisfy { $0 >= $1 }
            && countAboveBounds >= earlier.countAboveBounds
    }

    private var countAboveBounds: UInt64 { count - counts.reduce(0, +) }
}
