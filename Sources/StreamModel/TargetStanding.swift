/// How a target stands, as far as it decides about remediation: what one poll has shown.
package struct TargetStanding: Equatable, Sendable {
    /// The `target` label.
    package var target: String
    /// When the poll ended, on weir's clock.
    package var time: Timestamp
    /// What the server is; nil where it would not tell.
    ///
    /// Of several, one that is no primary, if there is such a one.
    package var server: ServerIdentity?
    /// When samples last did not follow from those before: a server was restarted, has taken over from another, has another
    /// role or its clock set, or was away for longer than a window.
    ///
    /// On weir's clock; nil: not since weir began to watch.
    package var discontinuity: Timestamp?
    /// Used memory by `maxmemory`, or by `memory_limit`, of the fullest server; nil where there is no limit, or none is
    /// known.
    package var memoryShare: Double?
    /// Groups of all streams, but for those that nobody uses any more and those of which too little has been seen.
    package var judgedGroups: Int
    /// Those of them with a stale or a stuck consumer, or with work waiting that nobody takes.
    package var unhealthyGroups: Int
    /// The groups that somebody has a policy for, each in each of its streams: by stream, then by name.
    package var groups: [GroupStanding]

    package init(
        target: String, time: Timestamp, server: ServerIdentity? = nil, discontinuity: Timestamp? = nil,
        memoryShare: Double? = nil, judgedGroups: Int = 0, unhealthyGroups: Int = 0, groups: [GroupStanding] = []
    ) {
        self.target = target
        self.time = time
        self.server = server
        self.discontinuity = discontinuity
        self.memoryShare = memoryShare
        self.judgedGroups = judgedGroups
        self.unhealthyGroups = unhealthyGroups
        self.groups = groups
    }
}
