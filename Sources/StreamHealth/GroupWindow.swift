import StreamModel

/// What a group looked like over the last while: a bounded number of samples, by time and not by count.
///
/// Polls that are late, missing or more frequent than needed change its resolution, not its meaning.
struct GroupWindow: Equatable, Sendable {
    struct Sample: Equatable, Sendable {
        var time: Timestamp
        /// Entries known to wait for being delivered; nil: not known whether any does.
        var waiting: Int64?
        var lastDelivered: StreamID
        /// The stream's last generated ID; nil where it was not asked for.
        var lastGenerated: StreamID?
        /// Entries lost before delivery so far.
        var lost: Int64
    }

    /// Samples that are nearer to each other than this part of the window replace one another.
    ///
    /// With 13 of them, the samples of a window fit an array's capacity of 16, and at the usual settings, polls every 5 s
    /// for a window of a minute, each poll has its own.
    private static let parts: Int64 = 13

    /// So many looks are the least from which anything is concluded, however far apart they are.
    private static let leastSamples = 3

    private(set) var samples: [Sample] = []
    /// Since when entries are known to wait without a break; a sample that does not know breaks nothing.
    private var waitingSince: Timestamp?
    /// When D, the last delivered ID, was last seen to have moved.
    private var movedAt: Timestamp?
    private var startedAt: Timestamp?

    init() {}

    /// Takes a sample; one that is not later than the last is left out.
    mutating func record(_ sample: Sample, windowMilliseconds: Int64) {
        if let last = samples.last {
            guard sample.time > last.time else { return }
            if sample.lastDelivered != last.lastDelivered { movedAt = sample.time }
        }
        startedAt = startedAt ?? sample.time
        if let waiting = sample.waiting {
            waitingSince = waiting > 0 ? waitingSince ?? sample.time : nil
        }
        if isLastProvisional(windowMilliseconds) { samples.removeLast() }
        samples.append(sample)
        // One sample from before the window stays: it tells how things stood at the window's start.
        while samples.count > Self.leastSamples,
            sample.time.milliseconds(since: samples[1].time) >= windowMilliseconds
        {
            samples.removeFirst()
        }
    }

    /// Forgets everything: what comes does not follow from what was.
    mutating func restart() {
        self = GroupWindow()
    }

    private func isLastProvisional(_ windowMilliseconds: Int64) -> Bool {
        guard samples.count > 1 else { return false }
        let gap = samples[samples.count - 1].time.milliseconds(since: samples[samples.count - 2].time)
        return gap < windowMilliseconds / Self.parts
    }

    /// Whether the samples reach back over a whole window.
    func isFull(_ windowMilliseconds: Int64) -> Bool {
        guard samples.count >= Self.leastSamples else { return false }
        return hasLasted(since: samples.first?.time, windowMilliseconds)
    }

    /// Whether entries wait, and have done so for a whole window.
    func hasWaited(_ windowMilliseconds: Int64) -> Bool {
        (samples.last?.waiting ?? 0) > 0 && hasLasted(since: waitingSince, windowMilliseconds)
    }

    /// Whether nothing was delivered for a whole window.
    func isUnmoved(_ windowMilliseconds: Int64) -> Bool {
        hasLasted(since: movedAt ?? startedAt, windowMilliseconds)
    }

    /// Whether anything was delivered within the window.
    func hasMoved(_ windowMilliseconds: Int64) -> Bool {
        movedAt != nil && !hasLasted(since: movedAt, windowMilliseconds)
    }

    /// Whether anything was delivered between the last two samples.
    var hasJustMoved: Bool {
        movedAt != nil && movedAt == samples.last?.time
    }

    /// Entries lost within the window.
    var losses: Int64 {
        guard let first = samples.first, let last = samples.last else { return 0 }
        return max(0, last.lost - first.lost)
    }

    private func hasLasted(since moment: Timestamp?, _ milliseconds: Int64) -> Bool {
        guard let moment, let last = samples.last else { return false }
        return last.time.milliseconds(since: moment) >= milliseconds
    }
}
