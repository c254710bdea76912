import StreamModel

/// What is remembered of one server of a target from poll to poll.
struct NodeState: Equatable, Sendable {
    /// The last INFO that was had.
    private(set) var observation: NodeObservation?
    /// The server's clock less weir's, by the last poll that succeeded; nil where it would not tell.
    private(set) var clockOffsetMilliseconds: Int64?
    /// How many of a cluster's slots it serves; nil where there is no cluster.
    private(set) var slots: Int?
    private(set) var continuity = Continuity()
    /// When samples last did not follow from those before, by the usual window.
    private(set) var discontinuity: Timestamp?
    private(set) var isUp = false
    /// Why the last poll of it failed.
    private(set) var error: String?
    private var memoryTrend = MemoryTrend()
    private var lastSampled: Timestamp?

    /// Whether another server of the target is gone since it came, or has been replaced by it while weir was away.
    ///
    /// A replica that was promoted does not know of reads that got nothing, so that no idle time from before is evidence.
    var hasTakenOver: Bool

    init(hasTakenOver: Bool) {
        self.hasTakenOver = hasTakenOver
    }

    /// Takes its part of a poll that ended at `now`, on weir's clock.
    mutating func ingest(_ sample: NodeSample, at now: Timestamp, windowMilliseconds: Int64) {
        slots = sample.slots
        switch sample.observation {
        case .failure(let failure):
            fail(failure.reason)
        case .success(let node):
            let last = lastSampled
            if last == nil, hasTakenOver { (continuity, discontinuity) = (Continuity(changedAt: now), now) }
            continuity.ingest(node.identity, clockOffsetMilliseconds: sample.clockOffsetMilliseconds, at: now)
            (observation, clockOffsetMilliseconds) = (node, sample.clockOffsetMilliseconds)
            (isUp, error, lastSampled) = (true, nil, now)
            if let last, continuity.isBroken(since: last, windowMilliseconds: windowMilliseconds) {
                // Kept here, because continuity forgets a long outage once a short one has followed.
                discontinuity = now
                memoryTrend.restart()
            }
            guard let used = node.memory.usedBytes else { return }
            memoryTrend.record(usedBytes: used, at: now, windowMilliseconds: windowMilliseconds)
        }
    }

    /// It could not be sampled.
    mutating func fail(_ error: String) {
        continuity.fail()
        isUp = false
        self.error = error
    }

    var identity: ServerIdentity? { observation?.identity }

    /// Used memory by its limit; nil where it is down, or there is none.
    ///
    /// `configured`: what counts where it sets none.
    func memoryShare(configured: Int64?) -> Double? {
        guard isUp, let used = observation?.memory.usedBytes, let limit = limitBytes(configured), limit > 0 else {
            return nil
        }
        return Double(used) / Double(limit)
    }

    /// `streams`: of the target, among them the `carried` ones that are its own.
    func snapshot(
        named name: String, carrying carried: Int, among streams: [StreamSnapshot], configuredLimit: Int64?,
        windowMilliseconds: Int64
    ) -> NodeSnapshot {
        var snapshot = NodeSnapshot(
            node: name, isUp: isUp, error: isUp ? nil : error, observation: isUp ? observation : nil)
        snapshot.slots = slots
        snapshot.streams = carried
        guard isUp else { return snapshot }
        snapshot.memoryRunwaySeconds = limitBytes(configuredLimit).flatMap {
            memoryTrend.secondsUntil($0, windowMilliseconds: windowMilliseconds)
        }
        snapshot.evictionEndangersStreams = observation?.memory.evictionEndangers(
            streams.lazy.filter { $0.node == name })
        return snapshot
    }

    /// The bytes that the server may use; nil where there is no limit, or none is known.
    private func limitBytes(_ configured: Int64?) -> Int64? {
        observation?.memory.limitBytes(configured: configured)
    }
}
