/// What is to be looked at of one stream beyond what a poll always asks.
package struct ProbeRequest: Equatable, Sendable {
    /// For each of its groups, how far to look at what the group was not given yet; nil: not at all.
    ///
    /// May be shorter than the groups are many: of the rest nothing.
    package var groups: [ProbeDepth?]

    package init(groups: [ProbeDepth?] = []) {
        self.groups = groups
    }
}
