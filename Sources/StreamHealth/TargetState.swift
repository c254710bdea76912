package import StreamModel

/// The rolling state of one target: fed by samples, read as snapshots.
///
/// It holds no clock and does no I/O.
package struct TargetState: Equatable, Sendable {
    package struct Configuration: Equatable, Sendable {
        package var name: String
        package var node: String
        package var database: Int
        package var consumerSeries: Int
        /// A target that could not be polled for so long has no stream series any more: old figures would lie.
        package var staleAfterMilliseconds: Int64
        package var health: HealthSettings
        /// What the memory runway is counted to where the server has no `maxmemory`.
        package var memoryLimitBytes: Int64?
        package var logicalStreams: LogicalStreams

        package init(
            name: String, node: String, database: Int, consumerSeries: Int, staleAfterMilliseconds: Int64,
            health: HealthSettings = HealthSettings(), memoryLimitBytes: Int64? = nil,
            logicalStreams: LogicalStreams = LogicalStreams([])
        ) {
            self.name = name
            self.node = node
            self.database = database
            self.consumerSeries = consumerSeries
            self.staleAfterMilliseconds = staleAfterMilliseconds
            self.health = health
            self.memoryLimitBytes = memoryLimitBytes
            self.logicalStreams = logicalStreams
        }
    }

    /// Events that are kept to be shown, and judged: a server that comes back empty has one for each stream.
    private static let keptEvents = 200

    package var configuration: Configuration
    private(set) var node: NodeObservation?
    private var clockOffsetMilliseconds: Int64?
    private(set) var continuity = Continuity()
    /// When samples last did not follow from those before, by the usual window.
    private(set) var discontinuity: Timestamp?
    private(set) var streams: [Name: StreamState] = [:]
    /// Streams as they were before weir was restarted, until they are found again.
    private var remembered: [Name: StreamMemory] = [:]
    /// Whether the last poll has counted any entry as lost.
    package private(set) var hasNewLosses = false
    /// The newest last.
    private var events: [StreamEvent] = []
    private var notSampled = 0
    private var hasLookedEverywhere = false
    private var namesNotSampled: [Name] = []
    private var memoryTrend = MemoryTrend()
    private var lastSampled: Timestamp?
    private(set) var isUp = false
    private var error: String?

    /// `memory`: of the target before weir was restarted; nothing of another server is taken over, and only those streams
    /// that are still wanted.
    package init(
        _ configuration: Configuration, memory: TargetMemory? = nil,
        watching wants: (_ stream: Name) -> Bool = { _ in true }
    ) {
        self.configuration = configuration
        guard let memory, memory.isOf(configuration) else { return }
        remembered = memory.streams.filter { wants($0.key) }
        events = memory.events
    }

    /// What a restart of weir must not forget.
    package var memory: TargetMemory {
        TargetMemory(
            node: configuration.node, database: configuration.database,
            streams: remembered.merging(streams.mapValues(\.memory)) { $1 }, events: events)
    }

    /// A poll succeeded: it began at `start` and ended at `now`, on weir's clock.
    ///
    /// Says what happened since the last.
    package mutating func ingest(
        _ sample: TargetSample, startedAt start: Timestamp, at now: Timestamp
    ) -> [StreamEvent] {
        guard let only = sample.nodes.first, case .success(let node) = only.observation else { return [] }
        let last = lastSampled
        continuity.ingest(node.identity, clockOffsetMilliseconds: only.clockOffsetMilliseconds, at: now)
        let context = context(
            of: node.identity, offset: only.clockOffsetMilliseconds, startedAt: start, at: now)
        isUp = true
        error = sample.discoveryError.map { "streams cannot be found by pattern: \($0)" }
        lastSampled = now
        self.node = node
        clockOffsetMilliseconds = only.clockOffsetMilliseconds
        notSampled = sample.notSampled
        hasLookedEverywhere = sample.hasLookedEverywhere
        namesNotSampled = sample.namesNotSampled
        noteDiscontinuity(since: last, at: now)
        recordMemory(node, at: now)
        var events: [StreamEvent] = []
        hasNewLosses = false
        var names: Set<Name> = []
        for (name, result) in sample.streams.sorted(by: { $0.key < $1.key }) {
            let result = result.map { stream in
                var stream = stream
                stream.shareNames(&names)
                return stream
            }
            let displayed = configuration.logicalStreams.displayedName(of: name)
            var stream = streams[name] ?? StreamState(memory: remembered.removeValue(forKey: name))
            // Not in two places: each would copy what the other changes.
            streams[name] = nil
            let lost = stream.entriesLost
            events += stream.ingest(result, name: name, context: context) { [health = configuration.health] group in
                health.thresholds(stream: name, shownAs: displayed, group: group)
            }
            if stream.entriesLost > lost { hasNewLosses = true }
            streams[name] = stream
        }
        events += forgetUnwatched(sample, context)
        self.events = (self.events + events).suffix(Self.keptEvents)
        return events
    }

    /// Forgets the streams that are not watched any more, and says which of them another run of the server came back
    /// without.
    private mutating func forgetUnwatched(_ sample: TargetSample, _ context: PollContext) -> [StreamEvent] {
        var events: [StreamEvent] = []
        for name in streams.keys.filter({ !sample.watched.contains($0) }).sorted() {
            let stream = streams.removeValue(forKey: name)
            if let event = stream?.eventOfAbsence(name: name, context) { events.append(event) }
        }
        // What a whole pass over the keys has not found is gone.
        guard sample.hasLookedEverywhere, !remembered.isEmpty else { return events }
        for name in remembered.keys.filter({ !sample.watched.contains($0) }).sorted() {
            let stream = StreamState(memory: remembered.removeValue(forKey: name))
            // It may be there: beyond the limit, or where the keys cannot be listed.
            guard sample.notSampled == 0, sample.discoveryError == nil else { continue }
            if let event = stream.eventOfAbsence(name: name, context) { events.append(event) }
        }
        return events
    }

    /// A claim has taken so many entries off a group's pending entries list because nothing was left of them: nobody
    /// will process them.
    package mutating func note(purged entries: Int64, of group: Name, in stream: Name) {
        streams[stream]?.note(purged: entries, of: group)
    }

    /// This weir has, since the last poll, acknowledged these pending entries of a group or claimed them for another
    /// consumer: whoever held them has not got them done.
    package mutating func note(taken entries: [TakenEntry], of group: Name, in stream: Name) {
        streams[stream]?.note(taken: entries, of: group)
    }

    /// What a poll that is under way should look at beyond what it always asks; `servers`: as the stream sees them.
    ///
    /// `countLimit` is the number of entries up to which counting is cheap.
    package func wantedProbes(
        _ stream: StreamObservation, named name: Name, among servers: LiveServers, at now: Timestamp, countLimit: Int64
    ) -> ProbeRequest {
        let context = context(of: servers.own, offset: clockOffsetMilliseconds, startedAt: now, at: now)
        return ProbeRequest(
            groups: (streams[name] ?? StreamState()).wantedProbes(
                stream, name: name, context: context, countLimit: countLimit))
    }

    private mutating func noteDiscontinuity(since last: Timestamp?, at now: Timestamp) {
        let window = configuration.health.usual.windowMilliseconds
        guard let last, continuity.isBroken(since: last, windowMilliseconds: window) else { return }
        // Kept here, because continuity forgets a long outage once a short one has followed.
        discontinuity = now
        memoryTrend.restart()
    }

    private mutating func recordMemory(_ node: NodeObservation, at now: Timestamp) {
        guard let used = node.memory.usedBytes else { return }
        memoryTrend.record(
            usedBytes: used, at: now, windowMilliseconds: configuration.health.usual.windowMilliseconds)
    }

    /// The bytes that the server may use; nil where there is no limit, or none is known.
    var memoryLimitBytes: Int64? {
        node?.memory.limitBytes(configured: configuration.memoryLimitBytes)
    }

    private var memoryRunwaySeconds: Double? {
        guard let limit = memoryLimitBytes else { return nil }
        return memoryTrend.secondsUntil(limit, windowMilliseconds: configuration.health.usual.windowMilliseconds)
    }

    private func context(
        of server: ServerIdentity?, offset: Int64?, startedAt start: Timestamp, at now: Timestamp
    ) -> PollContext {
        PollContext(
            started: start, now: now, serverTime: offset.map { now.advanced(byMilliseconds: $0) }, server: server,
            consumerSeries: configuration.consumerSeries, continuity: continuity)
    }

    /// A poll failed as a whole.
    package mutating func fail(_ error: String) {
        continuity.fail()
        isUp = false
        self.error = error
    }

    /// How it stands at `now`, on weir's clock.
    package func snapshot(at now: Timestamp, polling: PollStatistics) -> TargetSnapshot {
        let age = lastSampled.map { now.milliseconds(since: $0) }
        let isCurrent = isUp || age.map { $0 <= configuration.staleAfterMilliseconds } == true
        let serverTime = clockOffsetMilliseconds.map { now.advanced(byMilliseconds: $0) }
        let snapshots = streams.sorted { $0.key < $1.key }.map { name, stream in
            stream.snapshot(
                name: name, database: configuration.database, node: configuration.node, serverTime: serverTime,
                now: now)
        }
        let displayed = configuration.logicalStreams.merge(snapshots)
        var node = NodeSnapshot(
            node: configuration.node, isUp: isUp, error: isUp ? nil : error, observation: isUp ? self.node : nil)
        if isUp {
            node.memoryRunwaySeconds = memoryRunwaySeconds
            node.evictionEndangersStreams = self.node?.memory.evictionEndangers(snapshots)
        }
        var snapshot = TargetSnapshot(
            name: configuration.name, isUp: isUp, error: error, nodes: [node], streams: isCurrent ? displayed : [],
            events: events.map(shown),
            streamsNotSampled: isCurrent ? notSampled : 0, polling: polling)
        if isCurrent { snapshot.namesNotSampled = namesNotSampled }
        snapshot.hasLookedEverywhere = isCurrent && hasLookedEverywhere
        return snapshot
    }

    private func shown(_ event: StreamEvent) -> StreamEvent {
        var event = event
        event.shownAs = configuration.logicalStreams.name(showing: event.stream)
        return event
    }
}
