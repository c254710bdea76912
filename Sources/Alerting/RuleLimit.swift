/// A number of a rule that can be tuned.
///
/// The raw values are the keys in the configuration.
package enum RuleLimit: String, CaseIterable, Hashable, Sendable {
    package enum Unit: Sendable {
        /// In milliseconds.
        case duration
        case count
        /// In thousandths.
        case share
    }

    /// How late a group is: from there on the usual level.
    case seconds
    /// From there on the critical level.
    case criticalSeconds = "critical_seconds"
    /// The `for` of the critical level.
    case criticalFor = "critical_for"
    /// How far behind a group is, where it is not known how late.
    case entries
    case age
    /// In times of the p99 of what entries are usually held.
    case holds
    case unreadShare = "unread_share"
    case memoryShare = "memory_share"
    case share
    case within
    case roundTrip = "round_trip"
    /// In poll intervals.
    case intervals

    package var unit: Unit {
        switch self {
        case .seconds, .criticalSeconds, .criticalFor, .age, .within, .roundTrip: .duration
        case .entries, .holds, .intervals: .count
        case .unreadShare, .memoryShare, .share: .share
        }
    }
}
