package import StreamModel

/// Other thresholds for the groups that two patterns match; what is nil stays as it is.
package struct HealthOverride: Equatable, Sendable {
    package var stream = Glob("*")
    package var group = Glob("*")
    package var windowMilliseconds: Int64?
    package var staleAfterMilliseconds: Int64?
    package var abandonedAfterMilliseconds: Int64?
    package var poisonDeliveries: Int64?

    package init() {}

    /// The thresholds with its own in their place.
    package func applied(to thresholds: HealthThresholds) -> HealthThresholds {
        var thresholds = thresholds
        thresholds.windowMilliseconds = windowMilliseconds ?? thresholds.windowMilliseconds
        thresholds.staleAfterMilliseconds = staleAfterMilliseconds ?? thresholds.staleAfterMilliseconds
        thresholds.abandonedAfterMilliseconds = abandonedAfterMilliseconds ?? thresholds.abandonedAfterMilliseconds
        thresholds.poisonDeliveries = poisonDeliveries ?? thresholds.poisonDeliveries
        return thresholds
    }
}
