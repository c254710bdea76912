package import StreamModel

/// What is to be done to one group, in one bounded batch.
package struct RemediationOrder: Equatable, Sendable {
    /// The particulars of each action.
    package enum Task: Equatable, Sendable {
        /// `freshness`: how long ago the consumer may last have been seen, in milliseconds.
        case claim(to: Name, freshnessMilliseconds: Int64)
        /// `XADD` of a copy to the stream `to`, which may be the group's own, and `XACK`.
        ///
        /// Only entries that were delivered, with their earlier deliveries, at least `leastDeliveries` times, and less than `tooManyDeliveries` times
        /// where that is not nil: a policy for dead letters is to have those.
        case move(to: Name, leastDeliveries: Int64, tooManyDeliveries: Int64?, hasProvenance: Bool)
        /// `XGROUP DELCONSUMER` of those that hold nothing, and have been idle for the order's least idle time.
        case forget([Name])
    }

    package var policy: String
    package var action: RemediationAction.Kind
    package var isDryRun: Bool
    package var target: String
    package var stream: Name
    package var shownAs: Name?
    package var group: Name
    package var task: Task
    package var minIdleMilliseconds: Int64
    /// The most entries, or consumers: at least 1.
    package var allowance: Int
    /// Where to go on in the pending entries list; `0-0` at its start.
    package var cursor: StreamID
    /// Consumers that are at work, whose entries are left to them.
    package var spared: Set<Name>
    /// Entries that are known not to be movable, or that a dry run has shown before.
    package var skipped: Set<StreamID>
    /// How often entries that are copies had been delivered before they were copied.
    package var earlierDeliveries: [StreamID: Int64] = [:]
    /// Whether a look at the entries themselves is cheap enough for a dry run.
    package var mayReadBodies: Bool

    package init(
        policy: String, action: RemediationAction.Kind, isDryRun: Bool, target: String, stream: Name,
        shownAs: Name? = nil, group: Name, task: Task, minIdleMilliseconds: Int64, allowance: Int,
        cursor: StreamID = .zero, spared: Set<Name> = [], skipped: Set<StreamID> = [], mayReadBodies: Bool = false
    ) {
        self.policy = policy
        self.action = action
        self.isDryRun = isDryRun
        self.target = target
        self.stream = stream
        self.shownAs = shownAs
        self.group = group
        self.task = task
        self.minIdleMilliseconds = minIdleMilliseconds
        self.allowance = allowance
        self.cursor = cursor
        self.spared = spared
        self.skipped = skipped
        self.mayReadBodies = mayReadBodies
    }
}
