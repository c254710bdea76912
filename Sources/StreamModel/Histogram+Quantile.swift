extension Histogram {
    /// The quantile, from 0 to 1, of what was recorded since the histogram was `earlier`, in seconds.
    ///
    /// As Prometheus has it: by linear interpolation within the bucket that holds it, and the last bound where it lies
    /// above that. Nil where nothing was recorded since, or `earlier` was another histogram.
    package func quantile(_ quantile: Double, since earlier: Histogram) -> Double? {
        guard bounds == earlier.bounds, count > earlier.count,
            zip(counts, earlier.counts).allSatisfy({ $0 >= $1 })
        else { return nil }
        let rank = quantile * Double(count - earlier.count)
        var below = 0.0
        for (index, bound) in bounds.enumerated() {
            let inside = Double(counts[index] - earlier.counts[index])
            if inside > 0, below + inside >= rank {
                let start = index == 0 ? 0 : bounds[index - 1]
                return start + (bound - start) * max(0, rank - below) / inside
            }
            below += inside
        }
        return bounds.last
    }
}
