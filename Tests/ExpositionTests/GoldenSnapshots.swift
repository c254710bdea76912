import Exposition
import StreamModel

/// What the golden pages show: a target that is up, with all that may be known or unknown, and one that is down.
enum GoldenSnapshots {
    static let all = [orders, stock]

    static let process: ProcessSnapshot = {
        var process = ProcessSnapshot(
            version: "0.1.0", startTimeSeconds: 1_789_990_000.25, cpuSeconds: 12.5, residentBytes: 18_874_368,
            virtualBytes: 1_073_741_824, openFileDescriptors: 12, maxFileDescriptors: 1_048_576,
            lastReloadSucceeded: true, stateFilesSetAside: 0, stateWriteFailures: 2)
        process.channels = [
            ProcessSnapshot.ChannelFigures(
                name: "ops", notifications: [("delivered", 7), ("failed", 2), ("rejected", 0), ("dropped", 0)],
                waiting: 1)
        ]
        process.remediation = RemediationFigures(
            counts: [
                RemediationFigures.Count(action: "forget_consumer", result: "refused", actions: 3, entries: 0),
                RemediationFigures.Count(action: "requeue", result: "dry_run", actions: 2, entries: 150),
                RemediationFigures.Count(action: "requeue", result: "moved", actions: 7, entries: 640),
            ], isPaused: true)
        return process
    }()

    private static let orders: TargetSnapshot = {
        var orders = quietOrders
        orders.firingAlerts = FiringAlerts([
            FiringAlerts.Kind(name: "LagHigh", severity: "warning"): 2,
            FiringAlerts.Kind(name: "LagHigh", severity: "critical"): 1,
            FiringAlerts.Kind(name: "GroupStopped", severity: "critical"): 1,
        ])
        return orders
    }()

    private static let quietOrders = TargetSnapshot(
        name: "orders", isUp: true, error: nil, nodes: [node],
        streams: [
            StreamSnapshot(
                name: Name("billing:\"eu\"\n\\x41"), database: 0, node: "10.0.0.1:6379", error: nil,
                sampleAgeSeconds: 0.25, figures: figures, groups: [unknown, busy]),
            StreamSnapshot(
                name: Name("empty"), database: 0, node: "10.0.0.1:6379", error: nil, sampleAgeSeconds: 0.25,
                figures: emptyFigures, groups: []),
            StreamSnapshot(
                name: Name("never-sampled"), database: 0, node: "10.0.0.1:6379", error: nil,
                sampleAgeSeconds: nil, figures: nil, groups: []),
            StreamSnapshot(
                name: Name("not-a-stream"), database: 0, node: "10.0.0.1:6379", error: .wrongType,
                sampleAgeSeconds: 0.25, figures: nil, groups: []),
            StreamSnapshot(
                name: Name([0xC3, 0xA9, 0xFF, 0x00, 0x62]), database: 0, node: "10.0.0.1:6379", error: nil,
                sampleAgeSeconds: 10, figures: oldServerFigures, groups: [estimated]),
        ],
        streamsNotSampled: 3, polling: polling)

    private static let stock = TargetSnapshot(
        name: "stock \"west\"", isUp: false, error: "no answer within 2.0 seconds",
        nodes: [
            NodeSnapshot(
                node: "/run/redis.sock", isUp: false, error: "no answer within 2.0 seconds", observation: nil)
        ],
        streams: [], streamsNotSampled: 0, polling: failedPolling)

    private static let node: NodeSnapshot = {
        var observation = NodeObservation()
        observation.identity = ServerIdentity(
            kind: .valkey, version: ServerVersion(8, 1, 3), role: "master", runID: "3bd3c5ba2cbb13bf")
        observation.memory.usedBytes = 1_048_576
        observation.memory.residentBytes = 8_388_608
        observation.memory.maxBytes = 0
        observation.clients.connected = 12
        observation.clients.blocked = 3
        observation.persistence.lastSaveSucceeded = true
        observation.persistence.changesSinceLastSave = 42
        observation.persistence.lastSaveSeconds = 1_789_999_000
        observation.persistence.appendOnlyEnabled = false
        observation.persistence.lastAppendOnlyWriteSucceeded = true
        observation.persistence.loading = false
        observation.replicas = [
            NodeObservation.Replica(address: "10.0.0.2", port: "6379", state: "online", lagSeconds: 1),
            NodeObservation.Replica(address: "::1", port: "6380", state: "wait_bgsave", lagSeconds: 0),
        ]
        observation.connectedReplicas = 2
        observation.evictedKeys = 0
        observation.uptimeSeconds = 86_400
        observation.errors = ["NOGROUP": 7, "ERR": 2]
        var node = NodeSnapshot(node: "10.0.0.1:6379", isUp: true, error: nil, observation: observation)
        node.memoryRunwaySeconds = 86_400
        node.evictionEndangersStreams = true
        (node.slots, node.streams) = (5_461, 5)
        return node
    }()

    private static let figures: StreamSnapshot.Figures = {
        var figures = StreamSnapshot.Figures(
            length: 1_000,
            counters: StreamCounters(
                radixTreeKeys: 10, radixTreeNodes: 21, groups: 2,
                lastGeneratedID: StreamID(milliseconds: 1_789_999_999_750, sequence: 3),
                firstEntryID: StreamID(milliseconds: 1_789_999_000_000, sequence: 0),
                lastEntryID: StreamID(milliseconds: 1_789_999_999_750, sequence: 3), maxDeletedEntryID: .zero,
                entriesAdded: 5_000),
            firstEntryAgeSeconds: 1_000, lastEntryAgeSeconds: 0.25)
        (figures.memoryBytes, figures.producedPerSecond, figures.countersAgeSeconds) = (65_536, 12.5, 15)
        return figures
    }()

    private static let emptyFigures = StreamSnapshot.Figures(
        length: 0,
        counters: StreamCounters(
            radixTreeKeys: 0, radixTreeNodes: 1, groups: 0, lastGeneratedID: .zero, firstEntryID: nil,
            lastEntryID: nil, maxDeletedEntryID: .zero, entriesAdded: 0),
        firstEntryAgeSeconds: nil, lastEntryAgeSeconds: nil)

    /// Redis 6.0, with IDs that are not a clock's and use all 64 bits.
    private static let oldServerFigures = StreamSnapshot.Figures(
        length: 9,
        counters: StreamCounters(
            radixTreeKeys: 1, radixTreeNodes: 2, groups: 1, lastGeneratedID: StreamID(milliseconds: .max, sequence: 1),
            firstEntryID: StreamID(milliseconds: 1, sequence: 1),
            lastEntryID: StreamID(milliseconds: .max, sequence: 1), maxDeletedEntryID: nil, entriesAdded: nil),
        firstEntryAgeSeconds: nil, lastEntryAgeSeconds: nil)

    private static let polling: PollStatistics = {
        var polling = PollStatistics()
        (polling.succeeded, polling.failed, polling.skipped) = (100, 2, 1)
        (polling.commands, polling.bytesSent, polling.bytesReceived) = (1_234, 56_789, 987_654_321)
        for seconds in [0.004, 0.02, 0.02, 12] { polling.duration.record(seconds: seconds) }
        for seconds in [0.000_25, 0.002, 3] { polling.roundTrip.record(seconds: seconds) }
        polling.lastSuccess = Timestamp(milliseconds: 1_790_000_000_123)
        return polling
    }()

    private static let failedPolling: PollStatistics = {
        var polling = PollStatistics()
        polling.failed = 17
        polling.commands = 34
        return polling
    }()
}
