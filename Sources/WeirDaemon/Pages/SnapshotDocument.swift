import StreamModel

/// The JSON document of `/api/v1/snapshot`.
struct SnapshotDocument: JSONDocument, Codable {
    var schema = 1
    /// The version of weir that made it.
    var weir = Version.current
    /// Unix seconds.
    var time: Double
    var targets: [Target]

    /// `hasHistory`: with the lag of each group over the window.
    init(_ targets: [TargetSnapshot], at time: Timestamp, hasHistory: Bool = false) {
        self.time = time.seconds
        self.targets = targets.map { Target($0, hasHistory: hasHistory) }
    }

    struct Target: Codable {
        var name: String
        var up: Bool
        @OrNull var error: String?
        @OrNull var intervalSeconds: Double?
        /// The last that succeeded, in Unix seconds.
        @OrNull var lastPoll: Double?
        var nodes: [Node]
        var streams: [Stream]
        var events: [Event]
        /// How many match beyond `max_streams`.
        var streamsNotSampled: Int
        /// Some of those.
        var namesNotSampled: [String]
    }

    struct Event: Codable {
        var time: Double
        var event: String
        var stream: String
        @OrNull var group: String?
        @OrNull var entries: Int64?
        /// Whether it may be more.
        var atLeast: Bool
        @OrNull var restore: String?
    }

    struct Node: Codable {
        var node: String
        var up: Bool
        @OrNull var error: String?
        @OrNull var kind: String?
        @OrNull var version: String?
        @OrNull var role: String?
        /// Of a cluster; null: it is none.
        @OrNull var slots: Int?
        var streams: Int
        var memory: Memory
        var persistence: Persistence
    }

    struct Memory: Codable {
        @OrNull var usedBytes: Int64?
        @OrNull var maxBytes: Int64?
        @OrNull var runwaySeconds: Double?
    }

    /// What of the server's writes is on disk.
    struct Persistence: Codable {
        @OrNull var changesSinceSave: Int64?
        /// Unix seconds.
        @OrNull var lastSaveTime: Double?
        @OrNull var lastSaveOk: Bool?
        @OrNull var aofEnabled: Bool?
        @OrNull var aofOk: Bool?
    }

    struct Stream: Codable {
        var stream: String
        var db: String
        var node: String
        @OrNull var length: Int64?
        @OrNull var entriesAdded: Int64?
        @OrNull var lastEntryAgeSeconds: Double?
        @OrNull var memoryBytes: Int64?
        @OrNull var producedPerSecond: Double?
        @OrNull var error: String?
        @OrNull var sampleAgeSeconds: Double?
        @OrNull var countersAgeSeconds: Double?
        /// How many streams this one stands for; null: itself alone.
        @OrNull var members: Int?
        var groups: [Group]
        var vanishedGroups: [VanishedGroup]
    }

    struct VanishedGroup: Codable {
        var group: String
        /// Unix seconds.
        var since: Double
        @OrNull var restore: String?
    }
}

extension SnapshotDocument.Target {
    fileprivate init(_ target: TargetSnapshot, hasHistory: Bool) {
        self.init(
            name: target.name, up: target.isUp, error: target.error, intervalSeconds: target.intervalSeconds,
            lastPoll: target.polling.lastSuccess?.seconds, nodes: target.nodes.map { .init($0) },
            streams: target.streams.map { .init($0, hasHistory: hasHistory) }, events: target.events.map { .init($0) },
            streamsNotSampled: target.streamsNotSampled, namesNotSampled: target.namesNotSampled.map(\.text))
    }
}

extension SnapshotDocument.Node {
    fileprivate init(_ node: NodeSnapshot) {
        let identity = node.observation?.identity
        let memory = node.observation?.memory
        self.init(
            node: node.node, up: node.isUp, error: node.error, kind: identity?.kind.rawValue,
            version: identity?.version.description, role: identity?.role, slots: node.slots, streams: node.streams,
            memory: .init(
                usedBytes: memory?.usedBytes, maxBytes: memory?.maxBytes, runwaySeconds: node.memoryRunwaySeconds),
            persistence: .init(node.observation?.persistence))
    }
}

extension SnapshotDocument.Persistence {
    fileprivate init(_ persistence: NodeObservation.Persistence?) {
        self.init(
            changesSinceSave: persistence?.changesSinceLastSave,
            lastSaveTime: persistence?.lastSaveSeconds.map(Double.init), lastSaveOk: persistence?.lastSaveSucceeded,
            aofEnabled: persistence?.appendOnlyEnabled, aofOk: persistence?.lastAppendOnlyWriteSucceeded)
    }
}

extension SnapshotDocument.Stream {
    fileprivate init(_ stream: StreamSnapshot, hasHistory: Bool) {
        let figures = stream.figures
        self.init(
            stream: stream.name.text, db: "db\(stream.database)", node: stream.node, length: figures?.length,
            entriesAdded: figures?.counters?.entriesAdded, lastEntryAgeSeconds: figures?.lastEntryAgeSeconds,
            memoryBytes: figures?.memoryBytes, producedPerSecond: figures?.producedPerSecond,
            error: stream.error?.description, sampleAgeSeconds: stream.sampleAgeSeconds,
            countersAgeSeconds: figures?.countersAgeSeconds, members: stream.members,
            groups: stream.groups.map { .init($0, hasHistory: hasHistory) },
            vanishedGroups: stream.vanishedGroups.map { .init($0) })
    }
}

extension SnapshotDocument.VanishedGroup {
    fileprivate init(_ group: VanishedGroup) {
        self.init(group: group.name.text, since: group.since.seconds, restore: group.restore)
    }
}

extension SnapshotDocument.Event {
    fileprivate init(_ event: StreamEvent) {
        self.init(
            time: event.time.seconds, event: event.kind.rawValue, stream: event.stream.text, group: event.group?.text,
            entries: event.entries, atLeast: event.isAtLeast, restore: event.restore)
    }
}
