/// What is to be looked at of one stream beyond what a poll always asks.
package struct ProbeRequest: Equatable, Sendable {
    /// For each of its groups, how far to look at what the group was not given yet; nil: not at all.
    ///
    /// May be shorter than the groups are many: of the rest nothing.
    package var groups: [ProbeDepth?]
    /// The entries after this ID are to be counted, as many as is cheap; nil: none.
    package var after: StreamID?

    package init(groups: [ProbeDepth?] = [], after: StreamID? = nil) {
        self.groups = groups
        self.after = after
    }

    package var isEmpty: Bool { after == nil && groups.allSatisfy { $0 == nil } }
}
