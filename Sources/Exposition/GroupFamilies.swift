import StreamModel

extension MetricFamily {
    static let groupFamilies: [MetricFamily] = [
        group("consumers", "Consumers of the group, at the last sample.") { .integer($0.consumerCount) },
        group("messages_pending", "Entries delivered and not acknowledged, at the last sample.") {
            .integer($0.pending.entries)
        },
        group("last_delivered_id", "Milliseconds part of the last delivered ID, at the last sample.") {
            .unsigned($0.lastDeliveredID.milliseconds)
        },
        group(
            "entries_read",
            "Entries the server says the group has read, at the last sample. Absent where it has lost count."
        ) { $0.entriesRead.metric },
        group(
            "lag",
            "Entries not delivered yet, as weir derives it from the last sample: the server's own lag may be nil or "
                + "wrong. Absent: unknown, never 0. How sure it is: redis_stream_group_lag_uncertainty_entries."
        ) { ($0.lag?.entries).metric },
        group(
            "lag_uncertainty_entries",
            "The true lag lies within so many entries of redis_stream_group_lag. 0: it is exact. Absent: unknown."
        ) { ($0.lag?.uncertainty).metric },
        group(
            "lag_reported",
            "The server's own lag, where it gives one that differs from redis_stream_group_lag, at the last sample."
        ) { $0.reportedLag == $0.lag?.entries ? nil : $0.reportedLag.metric },
        group(
            "lag_seconds",
            "Age of the first entry not delivered yet, by its ID and the server's clock, at the last poll; the most it "
                + "can be where that entry is too large to be asked for. 0: all were delivered. Absent: unknown."
        ) { $0.lagSeconds.metric },
        MetricFamily(
            "redis_stream_group_entries_lost_total", .counter,
            "Entries that were removed before the group was given them, as far as polls prove it, since weir first saw it.",
            .group { .integer($0.entriesLost) }),
        MetricFamily(
            "redis_stream_group_entries_skipped_total", .counter,
            "Entries that the group's last delivered ID was moved over without a read, since weir first saw it.",
            .group { .integer($0.entriesSkipped) }),
        group(
            "pending_max_idle_seconds",
            "Longest time since the last delivery of a pending entry, when the sweep saw it."
        ) { $0.pending.maxIdleSeconds.metric },
        group(
            "pending_oldest_age_seconds",
            "Longest time that one of the 16 lowest pending IDs has been pending, at least, by weir's own clock, which "
                + "claims do not reset."
        ) { $0.pending.oldestAgeSeconds.metric },
        group("pending_max_deliveries", "Most deliveries of a pending entry, when the sweep saw it.") {
            $0.pending.maxDeliveries.metric
        },
        group(
            "pending_poison",
            "Pending entries that had been delivered too often (health.poison_deliveries times or more) when the sweep saw "
                + "them."
        ) { $0.pending.poison.metric },
        group(
            "pending_dangling",
            "Pending entries that the stream no longer holds, at least: those before its first entry, when the sweep "
                + "saw them."
        ) { $0.pending.dangling.metric },
        group("pending_nacked", "Pending entries that had been given back with XNACK when the sweep saw them.") {
            $0.pending.nacked.metric
        },
        group(
            "pending_sweep_coverage_ratio",
            "Share of the pending entries that the figures about them rest on: the last full sweep, and the one under "
                + "way. Below 1 they are lower bounds."
        ) { $0.pending.coverageRatio.metric },
        group(
            "status", labels: ["status"],
            "The group's status over the last window of samples, in the label; the value is always 1. One of "
                + GroupStatus.allCases.map(\.rawValue).joined(separator: ", ") + "."
        ) { [MetricSample(.integer(1), ["status": $0.status.rawValue])] },
        group(
            "consumers_by_status", labels: ["status"],
            "Consumers of each status over the last window of samples, those that are not zero. One of "
                + ConsumerStatus.allCases.map(\.rawValue).joined(separator: ", ")
                + ". A consumer of which too little has been seen is not counted."
        ) { group in
            ConsumerStatus.allCases.compactMap { status in
                group.consumersByStatus[status].map { MetricSample(.integer(Int64($0)), ["status": status.rawValue]) }
            }
        },
        group(
            "consumers_not_shown",
            "Consumers without series of their own: beyond poll.consumer_series, or abandoned."
        ) { .integer(Int64($0.consumersNotShown)) },
    ]

    private static func group(
        _ name: String, _ help: String, _ value: @escaping @Sendable (GroupSnapshot) -> MetricValue?
    ) -> MetricFamily {
        MetricFamily("redis_stream_group_\(name)", .gauge, help, .group(value))
    }

    private static func group(
        _ name: String, labels: [String], _ help: String,
        _ samples: @escaping @Sendable (GroupSnapshot) -> [MetricSample]
    ) -> MetricFamily {
        MetricFamily("redis_stream_group_\(name)", .gauge, labels: labels, help, .groupSamples(samples))
    }
}
