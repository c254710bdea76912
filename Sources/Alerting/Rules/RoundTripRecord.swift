import StreamModel

/// weir's round trips to a target, as they had been counted by each look of the last window.
struct RoundTripRecord: Equatable, Sendable {
    private struct Count: Equatable, Sendable {
        var time: Timestamp
        var histogram: Histogram

        func isWithin(_ milliseconds: Int64, before now: Timestamp) -> Bool {
            (0...milliseconds).contains(now.milliseconds(since: time))
        }
    }

    /// Looks that are kept of one window at most, however many there are.
    private static let resolution: Int64 = 100

    private var latest: Count?
    /// Before the latest, the oldest first.
    private var earlier: [Count] = []

    /// Takes what was counted up to a look; where a count fell, counting begins anew.
    mutating func ingest(_ histogram: Histogram, at now: Timestamp, windowMilliseconds: Int64) {
        if let latest, histogram.continues(latest.histogram) {
            let isDense = earlier.last?.isWithin(windowMilliseconds / Self.resolution, before: latest.time) == true
            if !isDense { earlier.append(latest) }
        } else {
            earlier = []
        }
        let expired = earlier.dropLast().prefix { !$0.isWithin(windowMilliseconds, before: now) }
        earlier.removeFirst(expired.count)
        latest = Count(time: now, histogram: histogram)
    }

    /// How many took longer than `seconds` since the first look within the time, else since the last but one.
    ///
    /// Nil: there were none, or none are known.
    func excess(over seconds: Double, withinMilliseconds: Int64) -> Histogram.Excess? {
        guard let latest else { return nil }
        let first = earlier.first { $0.isWithin(withinMilliseconds, before: latest.time) } ?? earlier.last
        return first.flatMap { latest.histogram.excess(over: seconds, since: $0.histogram) }
    }
}
