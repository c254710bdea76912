import StreamModel

extension MetricFamily {
    static let nodeFamilies: [MetricFamily] = [
        MetricFamily(
            "redis_up", .gauge, "Whether the last poll of the server succeeded. 0: its other server series are absent.",
            .node { [MetricSample(MetricValue($0.isUp))] }),
        MetricFamily(
            "redis_instance_info", .gauge, labels: ["kind", "role", "run_id", "version"],
            "What the server says it is, at the last poll; the value is always 1.",
            .node { node in
                guard let identity = node.observation?.identity else { return [] }
                return [
                    MetricSample(
                        .integer(1),
                        [
                            "kind": identity.kind.rawValue, "role": identity.role, "run_id": identity.runID,
                            "version": identity.version.description,
                        ])
                ]
            }),
        gauge("redis_memory_used_bytes", "Memory that the server uses, at the last poll.") {
            $0.memory.usedBytes.metric
        },
        gauge("redis_memory_max_bytes", "The server's maxmemory, at the last poll. 0: no limit.") {
            $0.memory.maxBytes.metric
        },
        gauge("redis_memory_used_rss_bytes", "Resident memory of the server, at the last poll.") {
            $0.memory.residentBytes.metric
        },
        MetricFamily(
            "redis_memory_runway_seconds", .gauge,
            "Time until the server's memory reaches its limit (maxmemory, or the target's memory_limit) at the rate of the "
                + "last samples. Absent: it does not grow, or has no limit.",
            .node { .optional($0.isUp ? $0.memoryRunwaySeconds.metric : nil) }),
        MetricFamily(
            "redis_eviction_endangers_streams", .gauge,
            "Whether the server may remove a watched stream when its memory is full: it has a maxmemory, and its policy is "
                + "allkeys-*, or volatile-* while the stream has a time to live. Absent: not known.",
            .node { .optional($0.isUp ? $0.evictionEndangersStreams.metric : nil) }),
        gauge("redis_connected_clients", "Clients connected to the server, at the last poll.") {
            $0.clients.connected.metric
        },
        gauge("redis_blocked_clients", "Clients waiting in a blocking command, at the last poll.") {
            $0.clients.blocked.metric
        },
        MetricFamily(
            "redis_evicted_keys_total", .counter, "Keys evicted for memory since the server started.",
            .node { .optional($0.observation?.evictedKeys.metric) }),
        MetricFamily(
            "redis_errors_total", .counter, labels: ["err"],
            "Errors that the server answered to any client since it started, by their first word. From Redis 6.2.",
            .node { node in
                (node.observation?.errors ?? [:]).sorted { $0.key < $1.key }.map { name, count in
                    MetricSample(.integer(count), ["err": name])
                }
            }),
        gauge("redis_rdb_last_bgsave_status", "Whether the last background save succeeded, at the last poll.") {
            $0.persistence.lastSaveSucceeded.metric
        },
        gauge("redis_rdb_changes_since_last_save", "Writes that a crash would lose without an AOF, at the last poll.") {
            $0.persistence.changesSinceLastSave.metric
        },
        gauge("redis_rdb_last_save_timestamp_seconds", "When the data set was last saved, in Unix time.") {
            $0.persistence.lastSaveSeconds.metric
        },
        gauge("redis_aof_enabled", "Whether the append-only file is on, at the last poll.") {
            $0.persistence.appendOnlyEnabled.metric
        },
        gauge("redis_aof_last_write_status", "Whether the last write of the append-only file succeeded.") {
            $0.persistence.lastAppendOnlyWriteSucceeded.metric
        },
        gauge("redis_connected_slaves", "Replicas connected to the server, at the last poll.") {
            $0.connectedReplicas.metric
        },
        MetricFamily(
            "redis_connected_slave_lag_seconds", .gauge, labels: ["slave_ip", "slave_port", "slave_state"],
            "Time since the replica last acknowledged what it received, at the last poll.",
            .node { node in
                // One that lost its connection and is back stands twice in INFO until the old one times out.
                let replicas = Dictionary(
                    (node.observation?.replicas ?? []).map { ([$0.address, $0.port, $0.state], $0.lagSeconds) },
                    uniquingKeysWith: min)
                return replicas.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { labels, lagSeconds in
                    MetricSample(
                        .integer(lagSeconds),
                        ["slave_ip": labels[0], "slave_port": labels[1], "slave_state": labels[2]])
                }
            }),
        gauge("redis_uptime_in_seconds", "Time since the server started, at the last poll.") {
            $0.uptimeSeconds.metric
        },
        MetricFamily(
            "redis_cluster_slots", .gauge,
            "Slots of the cluster's 16,384 that the server serves, at the last poll. Absent: it is no cluster.",
            .node { .optional($0.slots.map(Int64.init).metric) }),
        MetricFamily(
            "weir_node_streams", .gauge,
            "Streams of the target that weir watches and that the server carries, at the last poll; those of a server that "
                + "cannot be polled as well.",
            .node { [MetricSample(.integer(Int64($0.streams)))] }),
    ]

    private static func gauge(
        _ name: String, _ help: String, _ value: @escaping @Sendable (NodeObservation) -> MetricValue?
    ) -> MetricFamily {
        MetricFamily(name, .gauge, help, .node { .optional($0.observation.flatMap(value)) })
    }
}
