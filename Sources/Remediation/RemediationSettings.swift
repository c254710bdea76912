import StreamModel

/// What the user decides about remediation.
package struct RemediationSettings: Equatable, Sendable {
    /// When so many groups are in trouble at once, it is Redis or the network, and moving entries would only add to it.
    package struct Storm: Equatable, Sendable {
        /// The share of the groups that are unhealthy, above 0 and up to 1.
        package var share = 0.5
        /// Of fewer groups no share says anything.
        package var atLeast = 5

        package init() {}
    }

    /// The ceiling for every policy.
    package var mode = RemediationMode.off
    /// For all policies together.
    package var limits = EntryLimits(perCycle: 100, perHour: 10_000)
    /// Between two actions on one group.
    package var cooldownMilliseconds: Int64 = 0
    package var storm = Storm()
    /// No two of the same name.
    package var policies: [RemediationPolicy] = []

    package init() {}

    /// How far the policy may go.
    package func mode(of policy: RemediationPolicy) -> RemediationMode {
        min(mode, policy.mode ?? mode)
    }

    /// The policies that may do anything at a target.
    package func policies(at target: String) -> [RemediationPolicy] {
        policies.filter { mode(of: $0) > .off && $0.target.matches(Name(target)) }
    }
}
