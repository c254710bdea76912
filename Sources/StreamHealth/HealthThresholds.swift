/// From when on something counts as trouble.
package struct HealthThresholds: Equatable, Sendable {
    /// An entry that was delivered this often and is still pending is poison.
    package var poisonDeliveries: Int64 = 5
    /// A consumer with nothing pending that was not seen for so long has no series any more.
    package var abandonedAfterMilliseconds: Int64 = 24 * 3_600_000

    package init() {}
}
