import StreamModel

/// Where a server's samples do not follow from one another: windows start anew there, and nothing fires from the gap.
struct Continuity: Equatable, Sendable {
    /// A time without a poll that succeeded.
    private struct Outage: Equatable, Sendable {
        var end: Timestamp
        var milliseconds: Int64
    }

    /// How far the server's clock may move against weir's between two polls: clocks are slewed, and a poll may be slow.
    private static let toleratedClockStepMilliseconds: Int64 = 5_000

    /// When the server was found to be another one, restarted, with another role, or with its clock set, or to have taken
    /// over from another.
    ///
    /// Its idle times reach back to before that, and are no evidence of what its consumers did since: while it was away
    /// none of them could be seen, a replica does not know of reads that got nothing, and a clock that is set ages every
    /// entry at once.
    private(set) var changedAt: Timestamp?
    private var outage: Outage?
    private var identity: ServerIdentity?
    private var clockOffsetMilliseconds: Int64?
    private var lastSampled: Timestamp?
    private var hasFailed = false

    /// `changedAt`: when the server took over from another.
    init(changedAt: Timestamp? = nil) {
        self.changedAt = changedAt
    }

    /// A poll succeeded; `now` is weir's clock, `clockOffsetMilliseconds` the server's less weir's where it is known.
    mutating func ingest(_ server: ServerIdentity?, clockOffsetMilliseconds offset: Int64?, at now: Timestamp) {
        if let server, let before = identity, server.runID != before.runID || server.role != before.role {
            changedAt = now
        }
        if let offset, let before = clockOffsetMilliseconds,
            (offset - before).magnitude > Self.toleratedClockStepMilliseconds
        {
            changedAt = now
        }
        if hasFailed, let lastSampled {
            outage = Outage(end: now, milliseconds: now.milliseconds(since: lastSampled))
        }
        identity = server ?? identity
        clockOffsetMilliseconds = offset ?? clockOffsetMilliseconds
        lastSampled = now
        hasFailed = false
    }

    /// It could not be sampled: it is down, still loading its data, or cannot be reached.
    mutating func fail() {
        hasFailed = true
    }

    /// Whether a window of that length whose last sample is from `last` cannot be gone on with.
    func isBroken(since last: Timestamp, windowMilliseconds: Int64) -> Bool {
        if let changedAt, changedAt > last { return true }
        guard let outage else { return false }
        return outage.end > last && outage.milliseconds > windowMilliseconds
    }

    /// For how long, at `now`, idle times are evidence.
    func trustedMilliseconds(at now: Timestamp) -> Int64 {
        changedAt.map { now.milliseconds(since: $0) } ?? .max
    }
}
