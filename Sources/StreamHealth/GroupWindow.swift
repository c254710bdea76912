import StreamModel

/// What a group looked like over the last while.
struct GroupWindow: Equatable, Sendable {
    /// One look.
    struct Sample: Equatable, Sendable {
        var time: Timestamp
        /// Entries known to wait for being delivered; nil: not known whether any does.
        var waiting: Int64?
        /// Whether they are known well enough to tell whether they grow.
        var isWaitingCounted = true
        var lastDelivered: StreamID
        /// The stream's last generated ID; nil where it was not asked for.
        var lastGenerated: StreamID?
        /// Entries lost before delivery so far.
        var lost: Int64
        /// Entries delivered and acknowledged so far; nil: not known.
        var delivered: Int64?
        var acknowledged: Int64?
        /// Since the last look some of either may be missing in the counts.
        var hasLostCount = false
    }

    /// What is kept of one look: there are thousands of groups, with a dozen of them each.
    ///
    /// Of counts that only grow the lower half is enough to tell how much.
    struct Kept: Equatable, Sendable {
        private static let mostWaiting: UInt32 = 1 << 28 - 1

        /// The entries in the lower 28 bits, and above them what is known of all.
        private var waitingAndFlags: UInt32
        private var deliveredLow: UInt32
        private var acknowledgedLow: UInt32
        private var lostLow: UInt32

        init(_ sample: Sample, hasCaughtUp: Bool) {
            waitingAndFlags = min(Self.mostWaiting, UInt32(clamping: sample.waiting ?? 0))
            deliveredLow = UInt32(truncatingIfNeeded: sample.delivered ?? 0)
            acknowledgedLow = UInt32(truncatingIfNeeded: sample.acknowledged ?? 0)
            lostLow = UInt32(truncatingIfNeeded: sample.lost)
            set(.waitingIsKnown, sample.waiting != nil)
            set(.waitingIsCounted, sample.waiting != nil && sample.isWaitingCounted)
            set(.deliveriesAreKnown, sample.delivered != nil)
            set(.hasCaughtUp, hasCaughtUp)
        }

        fileprivate mutating func forgetDeliveries() {
            set(.deliveriesAreKnown, false)
        }

        /// At most 2^28 - 1.
        var waiting: Int64? { has(.waitingIsKnown) ? Int64(waitingAndFlags & Self.mostWaiting) : nil }
        /// Nil also where it is an estimate that may be far off.
        var countedWaiting: Int64? { has(.waitingIsCounted) ? waiting : nil }
        var delivered: UInt32? { has(.deliveriesAreKnown) ? deliveredLow : nil }
        var acknowledged: UInt32? { has(.deliveriesAreKnown) ? acknowledgedLow : nil }
        var lost: UInt32 { lostLow }
        /// All that waited at the sample before had been delivered.
        var hasCaughtUp: Bool { has(.hasCaughtUp) }

        private enum Flag: UInt32 {
            case waitingIsKnown, waitingIsCounted, deliveriesAreKnown, hasCaughtUp

            var bit: UInt32 { 1 << (28 + rawValue) }
        }

        private func has(_ flag: Flag) -> Bool { waitingAndFlags & flag.bit != 0 }

        private mutating func set(_ flag: Flag, _ isSet: Bool) {
            waitingAndFlags = isSet ? waitingAndFlags | flag.bit : waitingAndFlags & ~flag.bit
        }
    }

    private(set) var kept = RollingWindow<Kept>()
    /// Since when entries are known to wait without a break; a sample that does not know breaks nothing.
    @Compact private var waitingSince: Timestamp?
    /// When D, the last delivered ID, was last seen to have moved.
    @Compact private var movedAt: Timestamp?
    @Compact private var startedAt: Timestamp?
    @Compact private var lastDelivered: StreamID?
    /// The stream's last generated ID at the last sample, and at the one before it.
    @Compact private var generated: StreamID?
    @Compact private var generatedBefore: StreamID?

    init() {}

    /// Takes a sample; one that is not later than the last is left out.
    mutating func record(_ sample: Sample, windowMilliseconds: Int64) {
        if let last = kept.samples.last {
            guard sample.time > last.time else { return }
            if sample.lastDelivered != lastDelivered { movedAt = sample.time }
        }
        lastDelivered = sample.lastDelivered
        startedAt = startedAt ?? sample.time
        if let waiting = sample.waiting {
            waitingSince = waiting > 0 ? waitingSince ?? sample.time : nil
        }
        if sample.hasLostCount { kept.update { $0.forgetDeliveries() } }
        if !kept.isLastProvisional(windowMilliseconds) { generatedBefore = generated }
        generated = sample.lastGenerated
        let hasCaughtUp = generatedBefore.map { sample.lastDelivered >= $0 } ?? false
        kept.record(
            Kept(sample, hasCaughtUp: hasCaughtUp), at: sample.time, windowMilliseconds: windowMilliseconds)
    }

    /// Forgets everything: what comes does not follow from what was.
    mutating func restart() {
        self = GroupWindow()
    }

    var lastTime: Timestamp? { kept.samples.last?.time }

    /// Whether the samples reach back over a whole window.
    func isFull(_ windowMilliseconds: Int64) -> Bool {
        kept.isFull(windowMilliseconds)
    }

    /// Whether entries wait, and have done so for a whole window.
    func hasWaited(_ windowMilliseconds: Int64) -> Bool {
        (kept.samples.last?.value.waiting ?? 0) > 0 && hasLasted(since: waitingSince, windowMilliseconds)
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
        movedAt != nil && movedAt == lastTime
    }

    /// Entries lost within the window.
    var losses: Int64 {
        guard let first = kept.samples.first, let last = kept.samples.last else { return 0 }
        return Int64(last.value.lost &- first.value.lost)
    }

    private func hasLasted(since moment: Timestamp?, _ milliseconds: Int64) -> Bool {
        guard let moment, let last = lastTime else { return false }
        return last.milliseconds(since: moment) >= milliseconds
    }
}
