import StreamModel

/// From when on something counts as trouble.
package struct HealthThresholds: Equatable, Sendable {
    /// How far weir looks back before it calls anything trouble.
    package var windowMilliseconds: Int64 = 60_000
    /// An entry that its consumer holds for longer is overdue, and a consumer that was not seen for longer is away.
    package var staleAfterMilliseconds: Int64 = 5 * 60_000
    /// `stale_after` follows how long the group's entries are usually held; `staleAfterMilliseconds` is in force until
    /// that is known.
    package var isStaleAfterAutomatic = false
    /// A consumer with nothing pending that was not seen for so long has no series any more.
    package var abandonedAfterMilliseconds: Int64 = 24 * 3_600_000
    /// An entry that was delivered this often and is still pending is poison.
    package var poisonDeliveries: Int64 = 5
    /// Remediation may take entries that their consumer has held for so long; nil: it takes none from the group.
    package var remediatedAfterMilliseconds: Int64?

    package init() {}

    /// A consumer whose idle time is below this counts as seen.
    var seenWithinMilliseconds: Int64 { max(staleAfterMilliseconds, windowMilliseconds) }

    /// How many times as long as nearly all entries are held an entry must be held to be overdue.
    private static let staleHolds = 10.0

    /// The thresholds of a group whose entries are held for so long: `stale_after` is 10 times the p99 where it is
    /// automatic, at least the window and at most `abandoned_after`.
    func resolved(by hold: HoldQuantiles?) -> HealthThresholds {
        guard isStaleAfterAutomatic, let hold else { return self }
        var thresholds = self
        let milliseconds = min(hold.p99Seconds * 1000 * Self.staleHolds, Double(abandonedAfterMilliseconds))
        thresholds.staleAfterMilliseconds = max(windowMilliseconds, Int64(milliseconds))
        return thresholds
    }
}
