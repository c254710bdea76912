import StreamModel

extension SnapshotDocument {
    struct Group: Codable {
        var group: String
        var status: String
        var lag: Lag
        var pending: Pending
        @OrNull var deliveredPerSecond: Double?
        @OrNull var acknowledgedPerSecond: Double?
        @OrNull var holdSecondsP50: Double?
        @OrNull var holdSecondsP99: Double?
        @OrNull var entriesDelivered: Int64?
        @OrNull var entriesAcknowledged: Int64?
        @OrNull var entriesLost: Int64?
        @OrNull var entriesSkipped: Int64?
        @OrNull var draining: Bool?
        @OrNull var drainSeconds: Double?
        @OrNull var trimMarginEntries: Int64?
        @OrNull var trimMarginSeconds: Double?
        @OrNull var error: String?
        var consumers: [Consumer]
        var consumersNotShown: Int
        /// Only where it was asked for.
        var history: History?
    }

    struct Lag: Codable {
        @OrNull var entries: Int64?
        /// `exact`, `estimated` or `unknown`.
        var state: String
        @OrNull var uncertainty: Int64?
        @OrNull var reported: Int64?
        @OrNull var seconds: Double?
    }

    /// Of the window, the oldest sample first.
    struct History: Codable {
        /// Unix seconds.
        var times: [Double]
        var lag: [Int64?]
    }

    struct Pending: Codable {
        @OrNull var entries: Int64?
        @OrNull var maxIdleSeconds: Double?
        @OrNull var oldestAgeSeconds: Double?
        @OrNull var maxDeliveries: Int64?
        @OrNull var poison: Int64?
        @OrNull var dangling: Int64?
        @OrNull var coverageRatio: Double?
    }

    struct Consumer: Codable {
        var consumer: String
        @OrNull var status: String?
        var pending: Int64
        @OrNull var idleSeconds: Double?
        @OrNull var inactiveSeconds: Double?
        @OrNull var maxPendingIdleSeconds: Double?
    }
}

extension SnapshotDocument.Group {
    init(_ group: GroupSnapshot, hasHistory: Bool) {
        self.init(
            group: group.name.text, status: group.status.rawValue, lag: .init(group), pending: .init(group.pending),
            deliveredPerSecond: group.deliveredPerSecond, acknowledgedPerSecond: group.acknowledgedPerSecond,
            holdSecondsP50: group.hold?.medianSeconds, holdSecondsP99: group.hold?.p99Seconds,
            entriesDelivered: group.entriesDelivered, entriesAcknowledged: group.entriesAcknowledged,
            entriesLost: group.entriesLost, entriesSkipped: group.entriesSkipped, draining: group.isDraining,
            drainSeconds: group.drainSeconds, trimMarginEntries: group.trimMarginEntries,
            trimMarginSeconds: group.trimMarginSeconds, error: group.error?.description,
            consumers: group.consumers.map { .init($0) }, consumersNotShown: group.consumersNotShown,
            history: hasHistory ? .init(group.lagHistory) : nil)
    }
}

extension SnapshotDocument.Lag {
    fileprivate init(_ group: GroupSnapshot) {
        self.init(
            entries: group.lag?.entries, state: group.lag.map { $0.isExact ? "exact" : "estimated" } ?? "unknown",
            uncertainty: group.lag?.uncertainty, reported: group.reportedLag, seconds: group.lagSeconds)
    }
}

extension SnapshotDocument.History {
    fileprivate init(_ history: LagHistory) {
        let samples = history.samples
        self.init(times: samples.map(\.time.seconds), lag: samples.map(\.entries))
    }
}

extension SnapshotDocument.Pending {
    fileprivate init(_ pending: PendingSummary) {
        self.init(
            entries: pending.entries, maxIdleSeconds: pending.maxIdleSeconds,
            oldestAgeSeconds: pending.oldestAgeSeconds, maxDeliveries: pending.maxDeliveries, poison: pending.poison,
            dangling: pending.dangling, coverageRatio: pending.coverageRatio)
    }
}

extension SnapshotDocument.Consumer {
    fileprivate init(_ consumer: ConsumerSnapshot) {
        self.init(
            consumer: consumer.name.text, status: consumer.status?.rawValue, pending: consumer.pending,
            idleSeconds: consumer.idleSeconds, inactiveSeconds: consumer.inactiveSeconds,
            maxPendingIdleSeconds: consumer.maxPendingIdleSeconds)
    }
}
