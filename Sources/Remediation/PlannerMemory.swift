package import StreamModel

/// What a restart must not forget of the dealings with one target.
package struct PlannerMemory: Equatable, Codable, Sendable {
    package struct Group: Hashable, Codable, Sendable {
        package var stream: Name
        package var group: Name
    }

    /// When something was last done about a group, by any policy.
    package var lastActions: [Group: Timestamp]

    package init(lastActions: [Group: Timestamp] = [:]) {
        self.lastActions = lastActions
    }
}
