package import StreamModel

/// What a restart must not forget of the dealings with one target.
package struct PlannerMemory: Equatable, Codable, Sendable {
    package struct Group: Hashable, Codable, Sendable {
        package var stream: Name
        package var group: Name
    }

    /// When something was last done about a group, by any policy.
    package var lastActions: [Group: Timestamp]
    /// What was requeued, and how often it had been delivered before: the oldest first.
    var copies: [Lineage.Copy]

    package init() {
        self.init(lastActions: [:], copies: [])
    }

    init(lastActions: [Group: Timestamp], copies: [Lineage.Copy]) {
        self.lastActions = lastActions
        self.copies = copies
    }
}
