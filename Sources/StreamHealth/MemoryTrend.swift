import StreamModel

/// Where a server's memory is heading.
struct MemoryTrend: Equatable, Sendable {
    private var window = RollingWindow<Int64>()

    init() {}

    mutating func record(usedBytes: Int64, at now: Timestamp, windowMilliseconds: Int64) {
        window.record(usedBytes, at: now, windowMilliseconds: windowMilliseconds)
    }

    mutating func restart() {
        window = RollingWindow()
    }

    /// Until `limit` is reached at the present rate; nil where memory does not grow, or too little has been seen.
    func secondsUntil(_ limit: Int64, windowMilliseconds: Int64) -> Double? {
        guard let used = window.samples.last?.value, let slope = bytesPerSecond(windowMilliseconds) else { return nil }
        if used >= limit { return 0 }
        return slope > 0 ? Double(limit - used) / slope : nil
    }

    /// The median of the slopes between samples a quarter of the window apart.
    ///
    /// A buffer that comes and goes, and a table that doubles, are in few of them: between any two samples, as Theil and
    /// Sen have it, a step in the middle would be in half. 0 where memory goes up and down rather than up.
    private func bytesPerSecond(_ windowMilliseconds: Int64) -> Double? {
        let samples = window.samples
        guard window.isFull(windowMilliseconds) else { return nil }
        var slopes: [Double] = []
        var next = 0
        for early in samples {
            while next < samples.count, samples[next].time.milliseconds(since: early.time) < windowMilliseconds / 4 {
                next += 1
            }
            guard next < samples.count else { break }
            let late = samples[next]
            let seconds = Double(late.time.milliseconds(since: early.time)) / 1000
            slopes.append(Double(late.value - early.value) / seconds)
        }
        slopes.sort()
        // Of noise alone, as many fall as rise.
        guard let steep = slopes.dropFirst(slopes.count / 4).first, steep > 0 else { return 0 }
        return slopes[slopes.count / 2]
    }
}
