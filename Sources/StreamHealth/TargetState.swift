package import StreamModel

/// The rolling state of one target: fed by samples, read as snapshots.
///
/// It holds no clock and does no I/O.
package struct TargetState: Equatable, Sendable {
    /// Where a sample holds the result of one stream: these are sorted, as the results are large.
    private struct Place {
        var name: Name
        /// Which of the nodes; nil: none serves it.
        var node: Int?
        var index: StreamResults.Index
    }

    /// Events that are kept to be shown, and judged: a server that comes back empty has one for each stream.
    private static let keptEvents = 200

    package var configuration: Configuration
    /// The thresholds by which the last poll was judged.
    private var healthBefore: HealthSettings?
    /// The servers that there are now, by their names.
    private(set) var nodes: [String: NodeState] = [:]
    /// Their names, by what runs on them.
    private var nodesByRun: [String: String] = [:]
    private(set) var streams: NameTable<StreamState> = [:]
    /// Streams as they were before weir was restarted, until they are found again.
    private var remembered: [Name: StreamMemory] = [:]
    /// Whether the last poll has counted any entry as lost.
    package private(set) var hasNewLosses = false
    /// The newest last.
    private(set) var events: [StreamEvent] = []
    private(set) var notSampled = 0
    private(set) var hasLookedEverywhere = false
    private(set) var namesNotSampled: [Name] = []
    /// When any server was.
    private(set) var lastSampled: Timestamp?
    private(set) var error: String?

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
            dataSource: configuration.dataSource, database: configuration.database,
            streams: remembered.merging(streams.map { ($0.key, $0.value.memory) }) { $1 }, events: events)
    }

    /// Whether any of its servers answered the last poll.
    package var isUp: Bool { nodes.values.contains(where: \.isUp) }

    /// A poll succeeded, of one server at least: it began at `start` and ended at `now`, on weir's clock.
    ///
    /// Says what happened since the last.
    package mutating func ingest(
        _ sample: TargetSample, startedAt start: Timestamp, at now: Timestamp
    ) -> [StreamEvent] {
        ingestNodes(of: sample, at: now)
        error = sample.errorText
        notSampled = sample.notSampled
        namesNotSampled = sample.namesNotSampled
        hasNewLosses = false
        let runIDs = Set(sample.nodes.compactMap(\.identity?.runID))
        let contexts = sample.nodes.map { node in
            context(of: node.identity, on: node.node, among: runIDs, startedAt: start, at: now)
        }
        var everywhere = context(of: nil, on: nil, among: runIDs, startedAt: start, at: now)
        everywhere.isRunKnown = !contexts.isEmpty && contexts.allSatisfy(\.isRunKnown)
        var events: [StreamEvent] = []
        for place in Self.places(in: sample) {
            let results = place.node.map { sample.nodes[$0].streams } ?? sample.unserved
            let context = place.node.map { contexts[$0] } ?? everywhere
            events += ingest(results.values[place.index], of: place.name, context)
        }
        events += forgetUnwatched(sample, everywhere)
        // What was found and left out so far, for want of a share in the server's time, is not gone.
        hasLookedEverywhere = sample.hasLookedEverywhere && streams.count == sample.watched.count
        healthBefore = configuration.health
        self.events = (self.events + events).suffix(Self.keptEvents)
        return events
    }

    /// Of all streams, by name.
    private static func places(in sample: TargetSample) -> [Place] {
        var places: [Place] = []
        places.reserveCapacity(sample.nodes.reduce(sample.unserved.count) { $0 + $1.streams.count })
        for (number, node) in sample.nodes.enumerated() {
            for index in node.streams.indices {
                places.append(Place(name: node.streams.keys[index], node: number, index: index))
            }
        }
        for index in sample.unserved.indices {
            places.append(Place(name: sample.unserved.keys[index], node: nil, index: index))
        }
        places.sort { $0.name < $1.name }
        return places
    }

    private mutating func ingest(
        _ result: Result<StreamObservation, SampleError>, of name: Name, _ context: PollContext
    ) -> [StreamEvent] {
        if !remembered.isEmpty, let memory = remembered.removeValue(forKey: name), streams[name] == nil {
            streams[name] = StreamState(memory: memory)
        }
        let displayed = configuration.logicalStreams.displayedName(of: name)
        let health = configuration.health
        let (events, hasLost) = streams.update(name, default: StreamState()) { stream in
            let lost = stream.entriesLost
            let events = stream.ingest(result, name: name, context: context) { group in
                health.thresholds(stream: name, shownAs: displayed, group: group)
            }
            return (events, stream.entriesLost > lost)
        }
        if hasLost { hasNewLosses = true }
        return events
    }

    /// Takes what the poll saw of each server, and forgets those that are none of the target's any more.
    private mutating func ingestNodes(of sample: TargetSample, at now: Timestamp) {
        var present: [String: NodeState] = [:]
        // With a target that was not sampled yet, what weir remembers from before its restart tells.
        let runsBefore = lastSampled == nil ? Set(remembered.values.compactMap(\.sighting?.runID)) : []
        let running = Set(sample.nodes.lazy.filter { $0.failure == nil }.map(\.node))
        // One that comes while all others are there has replaced none of them: a cluster has grown.
        let isAnyGone = lastSampled != nil && !running.isSuperset(of: nodes.keys)
        for node in sample.nodes {
            var state = nodes[node.node] ?? NodeState(hasTakenOver: isAnyGone)
            if let identity = node.identity, !runsBefore.isEmpty, !runsBefore.contains(identity.runID) {
                state.hasTakenOver = true
            }
            state.ingest(node, at: now, windowMilliseconds: configuration.health.usual.windowMilliseconds)
            present[node.node] = state
        }
        nodes = present
        nodesByRun = Dictionary(
            present.compactMap { name, node in (node.identity?.runID).map { ($0, name) } }
        ) { $1 }
        if isUp { lastSampled = now }
    }

    /// Forgets the streams that are not watched any more, and says which of them another run of the server came back
    /// without.
    private mutating func forgetUnwatched(_ sample: TargetSample, _ context: PollContext) -> [StreamEvent] {
        var events: [StreamEvent] = []
        var gone = false
        streams.eachInPlace { stream in
            guard !sample.watched.contains(stream.key) else { return }
            gone = true
            if let event = stream.value.eventOfAbsence(name: stream.key, context) { events.append(event) }
        }
        if gone { streams = streams.filter { sample.watched.contains($0.key) } }
        // What a whole pass over the keys has not found is gone, unless it is where nobody could look.
        guard sample.hasLookedEverywhere, sample.isWhole, !remembered.isEmpty else { return events }
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
        let node = servers.own.flatMap { nodesByRun[$0.runID] }
        let context = context(of: servers.own, on: node, among: servers.runIDs, startedAt: now, at: now)
        let known = streams.read(name) { state in
            state.wantedProbes(stream, name: name, context: context, countLimit: countLimit)
        }
        return known
            ?? StreamState(memory: remembered[name]).wantedProbes(
                stream, name: name, context: context, countLimit: countLimit)
    }

    /// `node`: the name of the server, nil where it is not known.
    private func context(
        of server: ServerIdentity?, on node: String?, among runIDs: Set<String>, startedAt start: Timestamp,
        at now: Timestamp
    ) -> PollContext {
        let state = node.flatMap { nodes[$0] }
        return PollContext(
            started: start, now: now, node: node,
            serverTime: state?.clockOffsetMilliseconds.map { now.advanced(byMilliseconds: $0) }, server: server,
            runIDs: runIDs, isRunKnown: server != nil, consumerSeries: configuration.consumerSeries,
            isAsBefore: configuration.health == healthBefore,
            continuity: state?.continuity ?? Continuity())
    }

    /// A poll failed as a whole.
    package mutating func fail(_ error: String) {
        for name in nodes.keys { nodes[name]?.fail(error) }
        self.error = error
    }
}

extension TargetSample {
    /// Whether every part of the target could be seen.
    fileprivate var isWhole: Bool { unserved.isEmpty && nodes.allSatisfy { $0.failure == nil } }

    /// What could not be seen of the target; nil: nothing is amiss.
    fileprivate var errorText: String? {
        var errors = nodes.compactMap { node in node.failure.map { "\(node.node): \($0.reason)" } }
        if let discoveryError { errors.append("streams cannot be found by pattern: \(discoveryError)") }
        return errors.isEmpty ? nil : errors.joined(separator: "; ")
    }
}

extension NodeSample {
    fileprivate var identity: ServerIdentity? { try? observation.get().identity }

    fileprivate var failure: Failure? {
        if case .failure(let failure) = observation { failure } else { nil }
    }
}
