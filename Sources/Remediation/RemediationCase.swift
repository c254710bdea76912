import StreamModel

/// What is remembered of one policy's dealings with one group from poll to poll.
struct RemediationCase: Equatable, Sendable {
    /// Entries that are remembered as shown, or as not movable: of more, some would be told of again.
    private static let mostKnown = 100_000
    /// A refusal that goes on is said again after so long.
    private static let repeatMilliseconds: Int64 = 3_600_000
    private static let (firstRetryMilliseconds, longestRetryMilliseconds): (Int64, Int64) = (5_000, 300_000)

    /// Since when the condition has held at every look; nil: it does not.
    private(set) var heldSince: Timestamp?
    /// The last look that was evidence.
    private(set) var lastLook: Timestamp?
    /// Where the next order goes on in the pending entries list.
    var cursor = StreamID.zero
    /// When the consumer of a claim was last given entries.
    var lastClaim: Timestamp?
    /// Entries that a dry run has shown, or that cannot be moved.
    private(set) var known: Set<StreamID> = []
    /// What stands in the way, and when that was last said.
    private var told: (code: String, time: Timestamp)?
    private(set) var failures = 0
    private(set) var retryAt: Timestamp?

    /// Takes a look at which the condition holds or not.
    ///
    /// Samples further apart than a window are two windows, neither of them full.
    mutating func look(
        at time: Timestamp, holds: Bool, windowMilliseconds: Int64, discontinuity: Timestamp?
    ) {
        if let last = lastLook, let since = heldSince {
            let isBroken = discontinuity.map { $0 > since } ?? false
            if isBroken || time.milliseconds(since: last) > windowMilliseconds { heldSince = nil }
        }
        lastLook = time
        guard holds else {
            // What is over is news when it begins again; what was shown of it is not: the entries may come back.
            heldSince = nil
            told = nil
            cursor = .zero
            return
        }
        heldSince = heldSince ?? time
    }

    /// Whether this is to be said: it is new, or has not been said for long.
    mutating func isNews(_ code: String, at now: Timestamp) -> Bool {
        if let told, told.code == code, now.milliseconds(since: told.time) < Self.repeatMilliseconds { return false }
        told = (code, now)
        return true
    }

    /// Nothing stands in the way any more.
    mutating func succeeded() {
        told = nil
        failures = 0
        retryAt = nil
    }

    /// The server is not to be asked over and over for what it refuses.
    mutating func failed(at now: Timestamp) {
        let wait = min(Self.firstRetryMilliseconds << min(failures, 10), Self.longestRetryMilliseconds)
        failures += 1
        retryAt = now.advanced(byMilliseconds: wait)
    }

    /// Knows them from now on.
    mutating func learn(_ ids: some Sequence<StreamID>) {
        for id in ids where known.count < Self.mostKnown { known.insert(id) }
    }

    /// Whether it can remember no more: what it does not know would be told of again and again.
    var isFull: Bool { known.count >= Self.mostKnown }

    static func == (left: RemediationCase, right: RemediationCase) -> Bool {
        left.heldSince == right.heldSince && left.lastLook == right.lastLook && left.cursor == right.cursor
            && left.lastClaim == right.lastClaim && left.known == right.known
            && left.told?.code == right.told?.code && left.told?.time == right.told?.time
            && left.failures == right.failures && left.retryAt == right.retryAt
    }
}
