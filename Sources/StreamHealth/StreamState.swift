import StreamModel

/// What is remembered of one stream from poll to poll.
struct StreamState: Equatable, Sendable {
    /// Nil where the last attempt failed.
    private(set) var observation: StreamObservation?
    private var error: SampleError?
    /// The server that it was last seen on, or should have been; nil: not since weir began to watch.
    private(set) var node: String?
    /// When the figures were sampled; nil: never.
    private(set) var sampledAt: Timestamp?
    private(set) var groups: NameTable<GroupState> = [:]
    /// Whether anything was added or removed between the last two looks.
    private(set) var isMoving = false
    private var vanished: [Name: VanishedGroup] = [:]
    private var history = StreamHistory()
    private var flow = StreamFlow()
    /// As it was set at the last look.
    private var windowMilliseconds = HealthThresholds().windowMilliseconds
    private(set) var sighting: Sighting?
    /// Groups as they were before weir was restarted, until the stream is seen again.
    private var remembered: [Name: GroupMemory] = [:]

    /// Groups that are remembered when they are gone.
    private static let keptVanished = 100

    /// The last look that showed the counters.
    ///
    /// It may be several polls back: a poll that runs out of its share of the server leaves streams out, and one may
    /// fail.
    struct Sighting: Equatable, Codable, Sendable {
        var counters: StreamCounters
        var runID: String?
        var pollStarted: Timestamp
    }

    /// `memory`: of the stream before weir was restarted.
    init(memory: StreamMemory? = nil) {
        guard let memory else { return }
        sighting = memory.sighting
        remembered = memory.groups
        vanished = Dictionary(memory.vanished.map { ($0.name, $0) }) { $1 }
    }

    /// By all its groups.
    var entriesLost: Int64 {
        var lost: Int64 = 0
        groups.eachInPlace { lost += $0.value.progress.ledger.lost }
        return lost
    }

    var memory: StreamMemory {
        StreamMemory(
            sighting: sighting, groups: remembered.merging(groups.map { ($0.key, $0.value.memory) }) { $1 },
            vanished: vanished.values.sorted { $0.name < $1.name })
    }

    /// Takes what one poll saw, and says what happened to the stream and its groups since the last.
    ///
    /// `thresholds`: those in force for a group.
    mutating func ingest(
        _ result: Result<StreamObservation, SampleError>, name: Name, context: PollContext,
        thresholds: (_ group: Name) -> HealthThresholds
    ) -> [StreamEvent] {
        node = context.node ?? node
        switch result {
        case .failure(let error):
            self.error = error
            observation = nil
            guard error == .noSuchKey || error == .wrongType else { return [] }
            defer { forgetEverything() }
            return eventOfAbsence(name: name, context).map { [$0] } ?? []
        case .success(var stream):
            error = nil
            let own = thresholds(Name(""))
            windowMilliseconds = own.windowMilliseconds
            let event = eventOfStream(stream, name: name, context)
            restoreGroups(of: stream)
            let places = isSameRun(context) && hasNone(besides: stream.groups) ? [:] : lastPlaces
            let isBreak = isBreak(event, context)
            if isBreak {
                history = StreamHistory()
                flow.restart()
                groups.updateValues { $1.forgetPosition() }
                // The places that they had need not exist in what is there now.
                vanished = vanished.mapValues { VanishedGroup(name: $0.name, since: $0.since, restore: nil) }
            } else if let sampledAt,
                context.continuity.isBroken(since: sampledAt, windowMilliseconds: windowMilliseconds)
            {
                flow.restart()
            }
            sampledAt = context.now
            history.record(stream)
            if history.hasBegunCounting { flow.restart() }
            flow.record(stream, added: history.added, at: context.now, windowMilliseconds: windowMilliseconds)
            var events =
                (event.map { [$0] } ?? [])
                + eventsOfGroups(stream, name: name, since: isBreak ? [:] : places, context, thresholds)
            forgetVanished(context.now, abandonedAfter: own.abandonedAfterMilliseconds)
            if !isSameRun(context), event?.isTotal != true {
                events += redeliveries(since: places, in: stream, name: name, at: context.now)
            }
            // Each group keeps its own, and what was counted was for this look.
            stream.groups = []
            stream.later = nil
            isMoving =
                observation.map { before in
                    before.length != stream.length
                        || before.counters?.lastGeneratedID != stream.counters?.lastGeneratedID
                } ?? false
            observation = stream
            if let counters = stream.currentCounters {
                sighting = Sighting(
                    counters: counters, runID: context.server?.runID, pollStarted: context.started)
            }
            return events
        }
    }

    /// So many of the group's pending entries were found to be gone.
    mutating func note(purged entries: Int64, of group: Name) {
        groups[group]?.note(purged: entries)
    }

    /// This weir has taken these entries from whoever held them.
    mutating func note(taken entries: [TakenEntry], of group: Name) {
        groups[group]?.note(taken: entries)
    }

    /// What looking further would add to what is known of each group; nil where nothing.
    func wantedProbes(
        _ stream: StreamObservation, name: Name, context: PollContext, countLimit: Int64
    ) -> ProbeRequest {
        let isBreak = isBreak(eventOfStream(stream, name: name, context), context)
        let look = look(at: stream, isBreak ? StreamHistory() : history, context)
        let hasNewRun = !isSameRun(context)
        var request = ProbeRequest(
            groups: stream.groups.map { group in
                let progress = isBreak ? nil : groups[group.name]?.progress
                let usual = (progress ?? GroupProgress()).wantedProbe(group, look, countLimit: countLimit)
                guard hasNewRun, let place = lastPlace(of: group.name) else { return usual }
                return Redelivery.depth(of: group, from: place, in: stream, usual: usual)
            })
        if hasNewRun, let before = sighting?.counters, let counters = stream.currentCounters {
            request.after = Rollback.mark(from: before, to: counters)
        }
        return request
    }

    /// Its last delivered ID when it was last seen; also before weir was restarted.
    private func lastPlace(of group: Name) -> StreamID? {
        (groups[group]?.progress ?? remembered[group]?.progress)?.lastPosition?.delivered
    }

    /// Goes on with the groups that are still there as they were before weir was restarted; those that are not have
    /// vanished meanwhile.
    private mutating func restoreGroups(of stream: StreamObservation) {
        guard !remembered.isEmpty else { return }
        let present = Dictionary(stream.groups.map { ($0.name, $0) }) { $1 }
        for (name, memory) in remembered {
            let group =
                present[name]
                ?? GroupObservation(
                    name: name, consumerCount: 0, pending: 0, lastDeliveredID: .zero, entriesRead: nil,
                    reportedLag: nil)
            groups[name] = GroupState(group, memory: memory)
        }
        remembered = [:]
    }

    /// Whether these are its groups, which servers list by name.
    private func hasNone(besides seen: [GroupObservation]) -> Bool {
        groups.hasKeys(of: seen, \.name)
    }

    /// Where its groups were last seen.
    private var lastPlaces: [Name: StreamID] {
        Dictionary(
            groups.compactMap { group in group.value.progress.lastPosition.map { (group.key, $0.delivered) } }
        ) { $1 }
    }

    /// The stream is gone: one of the same name that comes later is another.
    private mutating func forgetEverything() {
        groups = [:]
        vanished = [:]
        remembered = [:]
        history = StreamHistory()
        flow = StreamFlow()
        sighting = nil
    }

    private func look(
        at stream: StreamObservation, _ history: StreamHistory, _ context: PollContext
    ) -> GroupProgress.Look {
        GroupProgress.Look(
            stream: stream, history: history, server: context.server, serverTime: context.serverTime,
            elapsedMilliseconds: sighting.map { context.now.milliseconds(since: $0.pollStarted) })
    }

    /// Whether what was cannot be compared with what is.
    private func isBreak(_ event: StreamEvent?, _ context: PollContext) -> Bool {
        event != nil || !isSameRun(context)
    }

    /// The groups whose last delivered IDs the server has forgotten with its last writes: what they were given after the
    /// one that is left, they will be given again.
    private func redeliveries(
        since places: [Name: StreamID], in stream: StreamObservation, name: Name, at now: Timestamp
    ) -> [StreamEvent] {
        let elapsed = sighting.map { now.milliseconds(since: $0.pollStarted) }
        return stream.groups.compactMap { group in
            guard let place = places[group.name],
                let again = Redelivery(
                    of: group, from: place, in: stream, lag: groups[group.name]?.progress.lag,
                    elapsedMilliseconds: elapsed)
            else { return nil }
            // No command to put it back: what had been delivered and not acknowledged would then be given to nobody.
            var event = StreamEvent(
                kind: .rolledBack, at: now, stream: name, group: group.name, entries: again.entries, restore: nil)
            event.isAtLeast = again.isAtLeast
            return event
        }
    }

    private mutating func eventsOfGroups(
        _ stream: StreamObservation, name: Name, since places: [Name: StreamID], _ context: PollContext,
        _ thresholds: (_ group: Name) -> HealthThresholds
    ) -> [StreamEvent] {
        var events: [StreamEvent] = []
        let look = look(at: stream, history, context)
        for group in stream.groups {
            let move = groups[group.name, default: GroupState(group)].ingest(
                group, in: stream, look, context, thresholds: thresholds(group.name))
            if let move { events.append(StreamEvent(move, at: context.now, of: group.name, in: name)) }
        }
        guard groups.count > stream.groups.count else { return events }
        let present = Set(stream.groups.map(\.name))
        for missed in groups where missed.value.hadConsumers && !present.contains(missed.key) {
            let group = missed.key
            let restore = places[group].map { "XGROUP CREATE \(name.quoted) \(group.quoted) \($0)" }
            vanished[group] = VanishedGroup(name: group, since: context.now, restore: restore)
            events.append(
                StreamEvent(
                    kind: .vanished, at: context.now, stream: name, group: group, entries: nil, restore: restore))
        }
        groups = groups.filter { present.contains($0.key) }
        return events
    }

    /// Those that are back, and those that nobody can be waiting for any more.
    private mutating func forgetVanished(_ now: Timestamp, abandonedAfter: Int64) {
        if vanished.isEmpty { return }
        vanished = vanished.filter { name, group in
            groups[name] == nil && now.milliseconds(since: group.since) < abandonedAfter
        }
        // Groups may be made and destroyed by the thousand.
        let surplus = vanished.values.sorted { $0.since > $1.since }.dropFirst(Self.keptVanished)
        for group in surplus { vanished[group.name] = nil }
    }

    /// `serverTime` is the server's clock at `now`, nil where it is not known.
    func snapshot(
        name: Name, database: Int, node: String, serverTime: Timestamp?, now: Timestamp
    ) -> StreamSnapshot {
        var snapshot = StreamSnapshot(
            name: name, database: database, node: node, error: error,
            sampleAgeSeconds: sampledAt.map { Double(max(0, now.milliseconds(since: $0))) / 1000 }, figures: nil,
            groups: [])
        snapshot.vanishedGroups = vanished.values.sorted { $0.name < $1.name }
        guard let stream = observation else { return snapshot }
        let produced = flow.producedPerSecond(windowMilliseconds: windowMilliseconds)
        var figures = StreamSnapshot.Figures(stream, serverTime: serverTime)
        figures.memoryBytes = stream.memoryBytes
        figures.expires = stream.expires
        figures.producedPerSecond = produced
        if !stream.countersAreCurrent, stream.counters != nil, let sighting {
            figures.countersAgeSeconds = Double(max(0, now.milliseconds(since: sighting.pollStarted))) / 1000
        }
        snapshot.figures = figures
        let surroundings = GroupForecast.Surroundings(
            stream: stream, history: history, producedPerSecond: produced,
            trimmedPerSecond: flow.trimmedPerSecond(windowMilliseconds: windowMilliseconds))
        snapshot.groups = groups.map { group in
            group.value.snapshot(name: group.key, in: surroundings, serverTime: serverTime, now: now)
        }
        return snapshot
    }
}
