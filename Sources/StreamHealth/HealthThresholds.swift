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

    package init() {}

    /// A consumer whose idle time is below this counts as seen.
    var seenWithinMilliseconds: Int64 { max(staleAfterMilliseconds, windowMilliseconds) }
}
