package import StreamModel

/// Other thresholds for the groups that two patterns match; what is nil stays as it is.
package struct HealthOverride: Equatable, Sendable {
    package var stream = Glob("*")
    package var group = Glob("*")
    package var windowMilliseconds: Int64?
    /// Also turns `isStaleAfterAutomatic` of the thresholds off.
    package var staleAfterMilliseconds: Int64?
    /// True turns it on, and leaves the duration that is in force until then; false leaves it as it is.
    package var isStaleAfterAutomatic = false
    package var abandonedAfterMilliseconds: Int64?
    package var poisonDeliveries: Int64?

    package init() {}

    /// The thresholds with its own in their place.
    package func applied(to thresholds: HealthThresholds) -> HealthThresholds {
        var thresholds = thresholds
        thresholds.windowMilliseconds = windowMilliseconds ?? thresholds.windowMilliseconds
        if let staleAfterMilliseconds {
            thresholds.staleAfterMilliseconds = staleAfterMilliseconds
            thresholds.isStaleAfterAutomatic = false
        }
        if isStaleAfterAutomatic { thresholds.isStaleAfterAutomatic = true }
        thresholds.abandonedAfterMilliseconds = abandonedAfterMilliseconds ?? thresholds.abandonedAfterMilliseconds
        thresholds.poisonDeliveries = poisonDeliveries ?? thresholds.poisonDeliveries
        return thresholds
    }
}
