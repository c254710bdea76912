import StreamModel

/// What one sample says about a group's health.
struct GroupLook: Equatable, Sendable {
    /// Nil where they could not be read.
    var consumers: [ConsumerObservation]?
    /// What each of them holds.
    var held: NameTable<HeldEntries>
    /// The part of the pending entries list that was looked at; nil: none.
    var page: PendingPage?
    /// Whether nothing has become of what is pending since the last look, but that it is older.
    var isAged: Bool
    var lastDelivered: StreamID
    /// The stream's last generated ID; nil where this sample did not ask for it.
    var lastGenerated: StreamID?
    /// Entries known to wait; nil: not known whether any does.
    var waiting: Int64?
    /// Whether `waiting` is near enough to tell whether it grows.
    var isWaitingCounted: Bool
    /// Entries lost before delivery, since weir first saw the group.
    var lost: Int64
    /// Entries delivered and acknowledged since then; nil: not known.
    var delivered: Int64?
    var acknowledged: Int64?
    var hasLostCount: Bool

    /// `lag` is weir's, nil where it is not known.
    init(
        _ group: GroupObservation, in stream: StreamObservation, lag: Lag?, held: NameTable<HeldEntries>, lost: Int64,
        deliveries: DeliveryLedger = DeliveryLedger(), isAged: Bool = false
    ) {
        consumers = group.consumers
        self.held = held
        page = group.pendingPage
        self.isAged = isAged
        lastDelivered = group.lastDeliveredID
        lastGenerated = stream.currentCounters?.lastGeneratedID
        // An estimate is never 0, which proves nothing: that the last entry is beyond D does, and so does its lower bound.
        let isBehind = (stream.currentCounters?.lastEntryID).map { $0 > group.lastDeliveredID } ?? false
        waiting = lag.flatMap { lag in
            lag.isExact || isBehind || lag.entries > lag.uncertainty ? lag.entries : nil
        }
        isWaitingCounted = lag?.isNearlyExact ?? false
        self.lost = lost
        delivered = deliveries.delivered
        acknowledged = deliveries.acknowledged
        hasLostCount = deliveries.hasLostCount
    }

    func sample(at time: Timestamp) -> GroupWindow.Sample {
        GroupWindow.Sample(
            time: time, waiting: waiting, isWaitingCounted: isWaitingCounted, lastDelivered: lastDelivered,
            lastGenerated: lastGenerated, lost: lost,
            delivered: delivered, acknowledged: acknowledged, hasLostCount: hasLostCount)
    }
}
