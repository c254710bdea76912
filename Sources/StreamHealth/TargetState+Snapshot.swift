package import StreamModel

extension TargetState {
    /// How it stands at `now`, on weir's clock.
    package func snapshot(at now: Timestamp, polling: PollStatistics) -> TargetSnapshot {
        let age = lastSampled.map { now.milliseconds(since: $0) }
        let isCurrent = isUp || age.map { $0 <= configuration.staleAfterMilliseconds } == true
        let serverTimes = nodes.compactMapValues { node in
            node.clockOffsetMilliseconds.map { now.advanced(byMilliseconds: $0) }
        }
        var snapshots: [StreamSnapshot] = []
        snapshots.reserveCapacity(streams.count)
        streams.eachInPlace { stream in
            // By no other server's clock than that which made its IDs.
            snapshots.append(
                stream.value.snapshot(
                    name: stream.key, database: configuration.database, node: stream.value.node ?? configuration.node,
                    serverTime: stream.value.node.flatMap { serverTimes[$0] }, now: now))
        }
        let displayed = configuration.logicalStreams.merge(snapshots)
        var snapshot = TargetSnapshot(
            name: configuration.name, isUp: isUp, error: error, nodes: nodeSnapshots(among: snapshots),
            streams: isCurrent ? displayed : [], events: events.map(shown),
            streamsNotSampled: isCurrent ? notSampled : 0, polling: polling)
        if isCurrent { snapshot.namesNotSampled = namesNotSampled }
        snapshot.hasLookedEverywhere = isCurrent && hasLookedEverywhere
        return snapshot
    }

    private func nodeSnapshots(among streams: [StreamSnapshot]) -> [NodeSnapshot] {
        if nodes.isEmpty {
            return [NodeSnapshot(node: configuration.node, isUp: false, error: error, observation: nil)]
        }
        var carried: [String: Int] = [:]
        let each = streams.span
        for index in each.indices { carried[each[index].node, default: 0] += 1 }
        return nodes.sorted { $0.key < $1.key }.map { name, node in
            node.snapshot(
                named: name, carrying: carried[name] ?? 0, among: streams,
                configuredLimit: configuration.memoryLimitBytes,
                windowMilliseconds: configuration.health.usual.windowMilliseconds)
        }
    }

    private func shown(_ event: StreamEvent) -> StreamEvent {
        var event = event
        event.shownAs = configuration.logicalStreams.name(showing: event.stream)
        return event
    }
}
