import StreamModel

/// How long a group's entries are held, from delivery to acknowledgement, by what looks at its pending entries show.
///
/// Most entries are held for less than the time between two polls and are never seen, and those that are seen are the
/// ones held for long. But of d deliveries per second, the share S(a) of which is held for longer than a, d * S(a)
/// entries per second of age are pending at any moment. Over several looks, the rows of an age divided by the sum of all
/// d are the share S of that age.
///
/// The entries of a dead consumer grow old without end. So what a consumer holds is set aside until the consumer has
/// been seen to get something done afterwards.
struct HoldTimes: Equatable, Sendable {
    /// What became of a consumer since the last look.
    enum Fate: Equatable, Sendable {
        /// It got something done, or has nothing left to do.
        case working
        /// Nothing that shows.
        case waiting
        /// It is gone, or entries were taken from it.
        case lost
        /// It got something done, or entries were taken from it that it held for so many milliseconds or longer.
        ///
        /// How long those were held says nothing of the group's work, and would speak against taking them.
        case relieved(Int64)
    }

    /// A full sweep, whose rows count once the next poll has shown what became of the consumers.
    private struct Look: Equatable, Sendable {
        var deliveredPerSecond: Double
        /// How long after the look before it came.
        var milliseconds: Int64
        var seen: HoldSweep
    }

    /// A generation ends after so many windows, however little it has seen.
    private static let mostWindows: Int64 = 60
    /// The least from which anything is concluded: the longest of fewer holds says little of a p99.
    private static let (leastRows, leastDeliveries) = (20, 5.0)
    /// What is held for longer than the p50, and than the p99.
    private static let (middleShare, lastShare) = (0.5, 0.01)

    /// A generation that has ended; what was before it is forgotten.
    private(set) var older: HoldGeneration?
    /// The one that is under way.
    private(set) var newer: HoldGeneration?
    private var last: Look?
    @Compact private var lastTime: Timestamp?
    private var sweep: HoldSweep?

    init() {}

    /// Restores what was saved: all but what was set aside.
    init(older: HoldGeneration?, newer: HoldGeneration?) {
        self.older = older
        self.newer = newer
    }

    /// Takes the next poll of the group.
    ///
    /// `deliveredPerSecond` is the rate by now: a sweep that ends while it is unknown is not counted. `fate` is asked
    /// about each consumer of which something is set aside.
    mutating func ingest(
        _ group: GroupObservation, deliveredPerSecond: Double?, at now: Timestamp, windowMilliseconds: Int64,
        fate: (Name) -> Fate
    ) {
        countLast()
        settle(fate)
        // That nothing is pending is a look as well.
        let page = group.pending == 0 ? PendingPage(rows: [], startsSweep: true, endsSweep: true) : group.pendingPage
        guard let page, let seen = sweep(endedBy: page), let deliveredPerSecond, deliveredPerSecond.isFinite,
            deliveredPerSecond >= 0
        else { return }
        advance(to: now, windowMilliseconds: windowMilliseconds)
        // Polls that are missing for long are no evidence of what was delivered meanwhile.
        let elapsed = min(max(0, lastTime.map { now.milliseconds(since: $0) } ?? 0), windowMilliseconds)
        last = Look(deliveredPerSecond: deliveredPerSecond, milliseconds: elapsed, seen: seen)
        lastTime = now
    }

    /// Forgets what was set aside of entries that were held for so many milliseconds or longer, of the consumers that are
    /// meant: some of those were taken from them, and how long they were held says nothing of the group's work.
    mutating func forget(heldFor age: Int64, of isMeant: (Name) -> Bool) {
        countLast()
        older?.forget(heldFor: age, of: isMeant)
        newer?.forget(heldFor: age, of: isMeant)
        sweep?.forget(heldFor: age, of: isMeant)
    }

    /// Nil where too little was seen.
    var quantiles: HoldQuantiles? {
        guard let newer else { return nil }
        let exposure = newer.exposure + (older?.exposure ?? 0)
        let deliveries = newer.deliveries + (older?.deliveries ?? 0)
        guard exposure > 0, deliveries >= Self.leastDeliveries else { return nil }
        let known = older.map { newer.known.merged(with: $0.known) } ?? newer.known
        let rows = known.rows
        guard rows >= Self.leastRows else { return nil }
        let perRow = 1000 / exposure

        // What is set aside was delivered, too: mostly to consumers that are as quick as the others, and are not seen to
        // get anything done for all that they hold. Entries that a dead one has left are soon too old to be counted.
        let usual = known.holdMilliseconds(share: Self.lastShare, millisecondsPerRow: perRow) ?? perRow
        let seen = known.rows(upTo: usual)
        let aside = newer.asideRows(upTo: usual) + (older?.asideRows(upTo: usual) ?? 0)
        let deliveredPerKnown = seen > 0 ? Double(seen + aside) / Double(seen) : 1
        func milliseconds(_ share: Double) -> Double? {
            known.holdMilliseconds(share: share / deliveredPerKnown, millisecondsPerRow: perRow)
        }
        // Either most entries are held for too short a time to be seen, or most that were seen are not known yet.
        let unknown = newer.asideRows() + (older?.asideRows() ?? 0)
        if unknown > rows, milliseconds(Self.middleShare) == nil { return nil }

        // So many rows do not tell shares within this factor from one another: the mean over them is steadier.
        func steadySeconds(_ share: Double) -> Double {
            let factor = 1 + min(1, 1 / (2 * Double(rows) * share).cubeRoot)
            let times = (milliseconds(share / factor), milliseconds(share), milliseconds(share * factor))
            // What is too short to be seen is shorter than what one row stands for.
            return ((times.0 ?? perRow) + (times.1 ?? perRow) + (times.2 ?? perRow)) / 3000
        }
        // Each mean has an error of its own.
        let median = steadySeconds(Self.middleShare)
        return HoldQuantiles(medianSeconds: median, p99Seconds: max(median, steadySeconds(Self.lastShare)))
    }

    private mutating func settle(_ fate: (Name) -> Fate) {
        let olderNames = older?.aside.consumers ?? []
        let names = olderNames + (newer?.aside.consumers.filter { older?.aside.contains($0) != true } ?? [])
        var (working, lost): ([HoldGeneration.Credit], [Name]) = ([], [])
        for consumer in names {
            switch fate(consumer) {
            case .working: working.append(HoldGeneration.Credit(consumer: consumer))
            case .waiting: break
            case .lost: lost.append(consumer)
            case .relieved(let age): working.append(HoldGeneration.Credit(consumer: consumer, below: age))
            }
        }
        older?.credit(working)
        newer?.credit(working)
        older?.drop(lost)
        newer?.drop(lost)
        sweep?.forget(lost)
    }

    /// The sweep that the page completes; nil while it goes on, and where its beginning was not seen.
    private mutating func sweep(endedBy page: PendingPage) -> HoldSweep? {
        if page.startsSweep { sweep = HoldSweep() }
        sweep?.add(page.rows)
        guard page.endsSweep else { return nil }
        defer { sweep = nil }
        return sweep
    }

    private mutating func countLast() {
        guard let look = last else { return }
        last = nil
        newer?.count(deliveredPerSecond: look.deliveredPerSecond, milliseconds: look.milliseconds)
        newer?.setAside(look.seen)
    }

    private mutating func advance(to now: Timestamp, windowMilliseconds window: Int64) {
        guard let current = newer else {
            newer = HoldGeneration(start: now)
            return
        }
        let length = now.milliseconds(since: current.start)
        guard length >= Self.mostWindows * window || length >= window && current.isRich else { return }
        older = current
        newer = HoldGeneration(start: now)
    }
}

extension Double {
    /// Of a number above 0, by Newton's method: this module has no mathematics library.
    fileprivate var cubeRoot: Double {
        var root = max(1, squareRoot())
        for _ in 0..<64 {
            let next = (2 * root + self / (root * root)) / 3
            if abs(next - root) <= 1e-12 * root { return next }
            root = next
        }
        return root
    }
}
