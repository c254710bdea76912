package import StreamModel

/// The thresholds of every group: the usual ones, and those of the groups that differ.
package struct HealthSettings: Equatable, Sendable {
    package var usual = HealthThresholds()
    /// In order: of each threshold, the last that matches wins.
    package var overrides: [HealthOverride] = []

    package init() {}

    /// The thresholds in force for one group of one stream.
    package func thresholds(stream: Name, group: Name) -> HealthThresholds {
        overrides.reduce(usual) { thresholds, override in
            guard override.stream.matches(stream), override.group.matches(group) else { return thresholds }
            return override.applied(to: thresholds)
        }
    }
}
