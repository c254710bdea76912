/// How one group of one stream stands, as far as it decides about remediation.
package struct GroupStanding: Equatable, Sendable {
    /// The key itself, never a logical stream.
    package var stream: Name
    /// The logical stream that shows it; nil: none does.
    package var shownAs: Name?
    package var group: Name
    /// The server that the stream is on.
    package var node: String
    /// When it was sampled, on weir's clock: earlier than the poll where that left it out.
    package var sampledAt: Timestamp
    package var status: GroupStatus
    package var pending: Int64
    /// The most that any pending entry was delivered, as far as the sweep has seen.
    package var maxDeliveries: Int64?
    /// Nil: too few have been seen.
    package var hold: HoldQuantiles?
    /// All of them, by name; nil where they could not be read.
    package var consumers: [ConsumerStanding]?
    /// The thresholds in force for the group.
    package var windowMilliseconds: Int64
    package var staleAfterMilliseconds: Int64
    package var abandonedAfterMilliseconds: Int64
    /// What an entry of the stream takes in memory, on average; nil: not known.
    package var entryBytes: Int64?

    package init(
        stream: Name, group: Name, node: String = "", sampledAt: Timestamp, status: GroupStatus = .unknown,
        pending: Int64 = 0,
        maxDeliveries: Int64? = nil, hold: HoldQuantiles? = nil, consumers: [ConsumerStanding]? = [],
        windowMilliseconds: Int64 = 60_000, staleAfterMilliseconds: Int64 = 300_000,
        abandonedAfterMilliseconds: Int64 = 86_400_000
    ) {
        self.stream = stream
        self.group = group
        self.node = node
        self.sampledAt = sampledAt
        self.status = status
        self.pending = pending
        self.maxDeliveries = maxDeliveries
        self.hold = hold
        self.consumers = consumers
        self.windowMilliseconds = windowMilliseconds
        self.staleAfterMilliseconds = staleAfterMilliseconds
        self.abandonedAfterMilliseconds = abandonedAfterMilliseconds
    }

    package func consumer(_ name: Name) -> ConsumerStanding? {
        consumers?.first { $0.name == name }
    }
}
