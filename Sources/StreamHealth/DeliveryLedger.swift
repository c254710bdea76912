import StreamModel

/// How many entries a group was given, and how many of those it has done with, since weir first saw it.
///
/// No command tells either. What a group was given is what its R has grown by, where R counts, and else what its rank in
/// the stream has (A less its lag), without what was lost or skipped on the way. What is then no longer pending has been
/// acknowledged.
struct DeliveryLedger: Equatable, Codable, Sendable {
    /// One look at the group.
    struct Look: Equatable, Codable, Sendable {
        /// D: the last delivered ID.
        var delivered: StreamID
        /// R: as the server counts; nil where it has lost count.
        @Compact var read: Int64?
        /// Entries ever added that lie at or before D; nil where that is not known, for an estimate would be off by more
        /// than a rate may be.
        @Compact var rank: Int64?
        /// Entries lost or skipped so far.
        var passedOver: Int64
        /// Entries pending.
        var pending: Int64
        /// Whether R has grown since the last look by what was read, and by nothing else.
        var readsTell: Bool
        /// Whether D was moved by hand since the last look.
        var wasMoved: Bool
        /// Whether some of what D has passed since the last look may have been trimmed before it was read.
        var mayHaveLost = false
    }

    private var given: Int64 = 0
    private var done: Int64 = 0
    private var isKnown = false
    /// Since the last look some may have been missed.
    private(set) var hasLostCount = false
    private var basis: Look?
    /// What `given` less what is pending was when `done` was 0.
    private var offset: Int64 = 0

    init() {}

    /// As of the last look; nil: not known then.
    var delivered: Int64? { isKnown ? given : nil }
    var acknowledged: Int64? { isKnown ? done : nil }

    mutating func settle(_ look: Look) {
        guard let before = basis else {
            begin(with: look)
            isKnown = look.isMeasurable
            hasLostCount = true
            return
        }
        guard let growth = Self.growth(from: before, to: look) else {
            // As long as the rank of then is known, a later look may make up for this one; but no look will ever tell
            // what was read of what is trimmed.
            hasLostCount = before.rank == nil || look.mayHaveLost
            if hasLostCount {
                begin(with: look)
            } else {
                // Whether R has grown by reads alone is known from look to look only.
                basis?.read = nil
            }
            isKnown = false
            return
        }
        hasLostCount = false
        given += growth
        done = max(done, given - look.pending - offset)
        isKnown = true
        basis = look.asBasis
    }

    /// Takes a look that shows what the last one did; false where there is none to compare it with.
    mutating func pass() -> Bool {
        guard basis != nil else { return false }
        (hasLostCount, isKnown) = (false, true)
        return true
    }

    /// What was cannot be compared with what comes.
    mutating func restart() {
        basis = nil
    }

    private mutating func begin(with look: Look) {
        basis = look.asBasis
        offset = given - look.pending - done
    }

    /// How many entries were delivered in between; nil: not known.
    private static func growth(from before: Look, to after: Look) -> Int64? {
        // Every delivery moves D. What was moved by hand was not delivered.
        if after.delivered <= before.delivered || after.wasMoved { return 0 }
        if after.readsTell, let read = after.read, let readBefore = before.read, read >= readBefore {
            return read - readBefore
        }
        guard !after.mayHaveLost, let rank = after.rank, let rankBefore = before.rank else { return nil }
        return max(0, rank - rankBefore - (after.passedOver - before.passedOver))
    }
}

extension DeliveryLedger.Look {
    fileprivate var isMeasurable: Bool { read != nil || rank != nil }

    /// Without what says how it compares with the look before it.
    fileprivate var asBasis: DeliveryLedger.Look {
        var basis = self
        (basis.readsTell, basis.wasMoved, basis.mayHaveLost) = (false, false, false)
        return basis
    }
}
