import StreamModel

extension TargetSnapshot {
    static func sample(
        _ name: String = "t", isUp: Bool = true, error: String? = nil, nodes: [NodeSnapshot] = [],
        streams: [StreamSnapshot] = [], notSampled: Int = 0
    ) -> TargetSnapshot {
        TargetSnapshot(
            name: name, isUp: isUp, error: error, nodes: nodes, streams: streams, streamsNotSampled: notSampled,
            polling: PollStatistics())
    }
}

extension TargetSnapshot {
    /// One of everything, and all of it known.
    static var full: TargetSnapshot {
        var node = NodeSnapshot.up
        node.memoryRunwaySeconds = 7_200
        (node.slots, node.streams) = (5_461, 1)
        var pending = PendingSummary(entries: 2)
        (pending.maxIdleSeconds, pending.oldestAgeSeconds, pending.maxDeliveries) = (61.5, 3_600, 6)
        (pending.poison, pending.dangling, pending.nacked, pending.coverageRatio) = (1, 0, 0, 1)
        var group = GroupSnapshot.sample(
            lag: .exact(10), lagSeconds: 4, pending: pending, consumers: [.sample()])
        (group.entriesDelivered, group.entriesAcknowledged) = (40, 39)
        (group.entriesLost, group.entriesSkipped) = (2, 1)
        (group.deliveredPerSecond, group.acknowledgedPerSecond) = (2.5, 2.25)
        group.hold = HoldQuantiles(medianSeconds: 0.5, p99Seconds: 9.5)
        (group.isDraining, group.drainSeconds) = (true, 240)
        (group.trimMarginEntries, group.trimMarginSeconds) = (120, 48)
        group.status = .losing
        var stream = StreamSnapshot.sample(groups: [group])
        stream.figures?.memoryBytes = 4_096
        stream.figures?.producedPerSecond = 12.5
        stream.figures?.countersAgeSeconds = 15
        stream.members = 2
        let since = Timestamp(milliseconds: 1_789_973_300_000)
        stream.vanishedGroups = [VanishedGroup(name: Name("v"), since: since, restore: "XGROUP CREATE s v 5-0")]
        var target = TargetSnapshot.sample(nodes: [node], streams: [stream], notSampled: 3)
        target.namesNotSampled = [Name("x"), Name([0xFF])]
        target.events = [
            StreamEvent(
                kind: .skipped, at: since, stream: Name("s"), group: Name("g"), entries: 1,
                restore: "XGROUP SETID s g 4-0")
        ]
        target.events[0].isAtLeast = true
        return target
    }
}

extension NodeSnapshot {
    static var up: NodeSnapshot {
        var observation = NodeObservation()
        observation.identity = ServerIdentity(
            kind: .redis, version: ServerVersion(8, 0, 3), role: "master", runID: "a1")
        observation.memory.usedBytes = 1_048_576
        observation.memory.maxBytes = 0
        return NodeSnapshot(node: "h:6379", isUp: true, error: nil, observation: observation)
    }
}

extension StreamSnapshot {
    static func sample(_ name: Name = Name("s"), groups: [GroupSnapshot] = []) -> StreamSnapshot {
        let counters = StreamCounters(
            radixTreeKeys: 1, radixTreeNodes: 2, groups: Int64(groups.count),
            lastGeneratedID: StreamID(milliseconds: 9, sequence: 0),
            firstEntryID: StreamID(milliseconds: 1, sequence: 0), lastEntryID: StreamID(milliseconds: 9, sequence: 0),
            maxDeletedEntryID: .zero, entriesAdded: 12)
        return StreamSnapshot(
            name: name, database: 3, node: "h:6379", error: nil, sampleAgeSeconds: 0.5,
            figures: Figures(length: 7, counters: counters, firstEntryAgeSeconds: nil, lastEntryAgeSeconds: 4),
            groups: groups)
    }

    static func failing(_ name: Name = Name("s"), _ error: SampleError = .wrongType) -> StreamSnapshot {
        StreamSnapshot(
            name: name, database: 3, node: "h:6379", error: error, sampleAgeSeconds: 0.5, figures: nil, groups: [])
    }
}

extension GroupSnapshot {
    static func sample(
        _ name: Name = Name("g"), lag: Lag? = nil, lagSeconds: Double? = nil, pending: PendingSummary? = nil,
        consumers: [ConsumerSnapshot] = [], error: SampleError? = nil
    ) -> GroupSnapshot {
        GroupSnapshot(
            name: name, consumerCount: Int64(consumers.count), lastDeliveredID: .zero, entriesRead: nil, lag: lag,
            reportedLag: nil, lagSeconds: lagSeconds, pending: pending ?? PendingSummary(entries: 0),
            consumers: consumers, consumersNotShown: 0, error: error)
    }
}

extension ConsumerSnapshot {
    static func sample(_ name: Name = Name("c")) -> ConsumerSnapshot {
        ConsumerSnapshot(name: name, pending: 2, idleSeconds: 1.5, inactiveSeconds: nil, maxPendingIdleSeconds: nil)
    }
}
