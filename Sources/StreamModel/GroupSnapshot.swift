/// One consumer group, as last seen and as weir understands it.
package struct GroupSnapshot: Equatable, Sendable {
    package var name: Name
    /// Of a group in several streams, those of the streams that were sampled.
    package var consumerCount: Int64
    package var lastDeliveredID: StreamID
    package var entriesRead: Int64?
    /// weir's lag; nil: unknown.
    package var lag: Lag?
    /// The server's lag, where it gives one.
    package var reportedLag: Int64?
    /// The age of the first entry that was not delivered yet; 0 where all were; nil: unknown.
    package var lagSeconds: Double?
    /// Of the window; empty of a group in several streams.
    package var lagHistory = LagHistory()
    /// Entries removed before the group was given them, since weir first saw it.
    ///
    /// Nil only of a group in several streams, not all of which were sampled.
    package var entriesLost: Int64?
    /// Entries that its last delivered ID was moved over, since weir first saw it; nil as `entriesLost` is.
    package var entriesSkipped: Int64?
    /// Entries that consumers were given for the first time, since weir first saw the group; nil: not known.
    package var entriesDelivered: Int64?
    /// Entries that left the pending entries list, or never entered it (`NOACK`), since weir first saw the group.
    package var entriesAcknowledged: Int64?
    /// Over the window; nil: too little has been seen.
    package var deliveredPerSecond: Double?
    package var acknowledgedPerSecond: Double?
    /// Nil: too few have been seen.
    package var hold: HoldQuantiles?
    /// Whether what waits becomes less; nil: not known.
    package var isDraining: Bool?
    /// Until nothing waits, at the present rates; nil where it is not draining.
    package var drainSeconds: Double?
    /// How many entries trimming may still take before it reaches what the group has not read or acknowledged.
    package var trimMarginEntries: Int64?
    /// The same as time, at the present rate of trimming; nil where nothing is trimmed.
    package var trimMarginSeconds: Double?
    package var pending: PendingSummary
    /// By name: those for which there is a series.
    ///
    /// What `error` cost is missing here.
    package var consumers: [ConsumerSnapshot]
    package var consumersNotShown: Int
    package var error: SampleError?
    package var status = GroupStatus.unknown
    /// What the status would be without the losses; nil where it is not `losing`.
    package var statusBesideLosses: GroupStatus?
    /// How many consumers have each status, those not shown included; those about which nothing can be said are left out.
    package var consumersByStatus: [ConsumerStatus: Int] = [:]

    package init(
        name: Name, consumerCount: Int64, lastDeliveredID: StreamID, entriesRead: Int64?, lag: Lag?,
        reportedLag: Int64?, lagSeconds: Double?, entriesLost: Int64? = 0, entriesSkipped: Int64? = 0,
        pending: PendingSummary,
        consumers: [ConsumerSnapshot],
        consumersNotShown: Int, error: SampleError?
    ) {
        self.name = name
        self.consumerCount = consumerCount
        self.lastDeliveredID = lastDeliveredID
        self.entriesRead = entriesRead
        self.lag = lag
        self.reportedLag = reportedLag
        self.lagSeconds = lagSeconds
        self.entriesLost = entriesLost
        self.entriesSkipped = entriesSkipped
        self.pending = pending
        self.consumers = consumers
        self.consumersNotShown = consumersNotShown
        self.error = error
    }
}
