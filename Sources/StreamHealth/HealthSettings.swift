package import StreamModel

/// The thresholds of every group: the usual ones, and those of the groups that differ.
package struct HealthSettings: Equatable, Sendable {
    package var usual = HealthThresholds()
    /// In order: of each threshold, the last that matches wins.
    package var overrides: [HealthOverride] = []
    /// Those whose entries remediation moves.
    package var remediated: [RemediatedGroups] = []

    package init() {}

    /// The thresholds in force for one group of one stream.
    ///
    /// A stream that is part of a logical one goes by either name.
    package func thresholds(stream: Name, shownAs displayed: Name? = nil, group: Name) -> HealthThresholds {
        var thresholds = overrides.reduce(usual) { thresholds, override in
            let isMeant = override.stream.matches(stream) || displayed.map(override.stream.matches) == true
            guard isMeant, override.group.matches(group) else { return thresholds }
            return override.applied(to: thresholds)
        }
        thresholds.remediatedAfterMilliseconds =
            remediated.lazy.filter { $0.contains(stream: stream, shownAs: displayed, group: group) }
            .map(\.minIdleMilliseconds).min()
        return thresholds
    }
}
