import StreamModel

extension GoldenSnapshots {
    /// All is known, and the server's own lag differs.
    static let busy: GroupSnapshot = {
        var pending = PendingSummary(entries: 4)
        pending.maxIdleSeconds = 61.5
        pending.oldestAgeSeconds = 3_600
        pending.maxDeliveries = 6
        (pending.poison, pending.dangling, pending.nacked) = (1, 2, 1)
        pending.coverageRatio = 0.75
        var group = GroupSnapshot(
            name: Name("shippers"), consumerCount: 3,
            lastDeliveredID: StreamID(milliseconds: 1_789_998_000_000, sequence: 5), entriesRead: 4_000,
            lag: .exact(1_000), reportedLag: 998, lagSeconds: 1_000, pending: pending,
            consumers: [
                ConsumerSnapshot(
                    name: Name("a\\"), pending: 4, idleSeconds: 0.25, inactiveSeconds: 61.5,
                    maxPendingIdleSeconds: 61.5),
                ConsumerSnapshot(
                    name: Name("b"), pending: 0, idleSeconds: 86_400, inactiveSeconds: nil, maxPendingIdleSeconds: nil),
            ],
            consumersNotShown: 1, error: nil)
        group.status = .lagging
        (group.entriesDelivered, group.entriesAcknowledged) = (4_000, 3_996)
        (group.deliveredPerSecond, group.acknowledgedPerSecond) = (12.5, 12.25)
        group.hold = HoldQuantiles(medianSeconds: 0.75, p99Seconds: 61.5)
        (group.isDraining, group.drainSeconds) = (true, 240)
        (group.trimMarginEntries, group.trimMarginSeconds) = (120, 9.6)
        group.consumersByStatus = [.idle: 1, .stuck: 1, .abandoned: 1]
        return group
    }()

    /// Nothing is known but what `XINFO GROUPS` says without the lag.
    static let unknown = GroupSnapshot(
        name: Name(""), consumerCount: 1, lastDeliveredID: .zero, entriesRead: nil, lag: nil, reportedLag: nil,
        lagSeconds: nil, pending: PendingSummary(entries: 2), consumers: [], consumersNotShown: 0,
        error: .noPermission(command: "XINFO CONSUMERS"))

    static let estimated: GroupSnapshot = {
        var pending = PendingSummary(entries: 0)
        (pending.poison, pending.dangling, pending.nacked, pending.coverageRatio) = (0, 0, 0, 1)
        return GroupSnapshot(
            name: Name("gr\u{FC}ppe"), consumerCount: 0, lastDeliveredID: StreamID(milliseconds: 77, sequence: 0),
            entriesRead: nil, lag: Lag(entries: 6, uncertainty: 5), reportedLag: nil, lagSeconds: nil,
            pending: pending, consumers: [], consumersNotShown: 0, error: nil)
    }()
}
