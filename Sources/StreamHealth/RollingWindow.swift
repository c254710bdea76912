import StreamModel

/// What something was like over the last while: a bounded number of samples, by time and not by count.
///
/// Polls that are late, missing or more frequent than needed change its resolution, not its meaning.
struct RollingWindow<Value: Equatable & Sendable>: Equatable, Sendable {
    struct Sample: Equatable, Sendable {
        var time: Timestamp
        var value: Value
    }

    /// Samples that are nearer to each other than this part of the window replace one another.
    ///
    /// With 13 of them, the samples of a window fit an array's capacity of 16, and at the usual settings, polls every 5 s
    /// for a window of a minute, each poll has its own.
    private static var parts: Int64 { 13 }

    /// So many looks are the least from which anything is concluded, however far apart they are.
    private static var leastSamples: Int { 3 }

    private(set) var samples: [Sample] = []

    init() {}

    /// Takes a sample; one that is not later than the last is left out.
    mutating func record(_ value: Value, at time: Timestamp, windowMilliseconds: Int64) {
        if let last = samples.last, time <= last.time { return }
        if isLastProvisional(windowMilliseconds) { samples.removeLast() }
        // One sample from before the window stays: it tells how things stood at the window's start.
        while samples.count >= Self.leastSamples,
            time.milliseconds(since: samples[1].time) >= windowMilliseconds
        {
            samples.removeFirst()
        }
        // An array doubles by itself, and most windows have a few samples less than the next power of two.
        if samples.count == samples.capacity { samples.reserveCapacity(samples.count + 2) }
        samples.append(Sample(time: time, value: value))
    }

    /// Changes what is kept of each look.
    mutating func update(_ change: (inout Value) -> Void) {
        for index in samples.indices { change(&samples[index].value) }
    }

    /// Whether the next sample will take the place of the last.
    func isLastProvisional(_ windowMilliseconds: Int64) -> Bool {
        guard samples.count > 1 else { return false }
        let gap = samples[samples.count - 1].time.milliseconds(since: samples[samples.count - 2].time)
        return gap < windowMilliseconds / Self.parts
    }

    /// Whether the samples reach back over a whole window.
    func isFull(_ windowMilliseconds: Int64) -> Bool {
        guard samples.count >= Self.leastSamples, let first = samples.first, let last = samples.last else {
            return false
        }
        return last.time.milliseconds(since: first.time) >= windowMilliseconds
    }

    /// How much a count has grown per second over the window.
    ///
    /// `acrossGaps`: whether the count went on while it was not known; else it counts from the last such sample on. Nil
    /// where less than a third of the window is known, or fewer looks than anything is concluded from.
    func growthPerSecond<Count: FixedWidthInteger>(
        of count: (Value) -> Count?, windowMilliseconds: Int64, acrossGaps: Bool = false
    ) -> Double? {
        // Going back in time, from 0: of a count of which only the lower half is kept the differences are right.
        var known: [(time: Timestamp, count: Double)] = []
        known.reserveCapacity(samples.count)
        var later: Count?
        for sample in samples.reversed() {
            if let value = count(sample.value) {
                let growth = later.map { Double($0 &- value) } ?? 0
                known.append((sample.time, (known.last?.count ?? 0) - growth))
                later = value
            } else if !acrossGaps {
                break
            }
        }
        guard known.count >= Self.leastSamples, let newest = samples.last, let last = known.first,
            var start = known.last, newest.time.milliseconds(since: last.time) <= windowMilliseconds / 3
        else { return nil }
        // The oldest may be from long before the window, where polls were late: what was at its start lies between.
        let begin = last.time.advanced(byMilliseconds: -windowMilliseconds)
        if start.time < begin, let after = known.last(where: { $0.time > begin }) {
            let share =
                Double(begin.milliseconds(since: start.time)) / Double(after.time.milliseconds(since: start.time))
            start = (begin, start.count + share * (after.count - start.count))
        }
        let elapsed = last.time.milliseconds(since: start.time)
        guard elapsed > 0, elapsed >= windowMilliseconds / 3 else { return nil }
        return max(0, last.count - start.count) * 1000 / Double(elapsed)
    }
}
