import StreamModel

extension MetricFamily {
    static let groupFamilies: [MetricFamily] = [
        group("consumers", "Consumers of the group, at the last sample.") { .integer($0.consumerCount) },
        group("messages_pending", "Entries delivered and not acknowledged, at the last sample.") {
            $0.pending.entries.metric
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
        counter(
            "entries_delivered_total",
            "Entries that consumers were given for the first time, as far as samples tell, since weir first saw the group. "
                + "Absent: not known."
        ) { $0.entriesDelivered.metric },
        counter(
            "entries_acknowledged_total",
            "Entries that were acknowledged, or read without the need to be (NOACK), as far as samples tell, since weir "
                + "first saw the group. Absent: not known."
        ) { $0.entriesAcknowledged.metric },
        MetricFamily(
            "redis_stream_group_hold_seconds", .summary, labels: ["quantile"],
            "Time from the delivery of an entry to its acknowledgement, over the entries that samples lately saw pending "
                + "and then gone. Absent: too few.",
            .groupSamples { group in
                [("0.5", group.hold?.medianSeconds), ("0.99", group.hold?.p99Seconds)].compactMap { quantile, seconds in
                    seconds.metric.map { MetricSample($0, ["quantile": quantile]) }
                }
            }),
        group(
            "drain_seconds",
            "Time until nothing waits for the group, at the rates of the last window of samples. Absent: it is not "
                + "draining, or not known."
        ) { $0.drainSeconds.metric },
        group(
            "trim_margin_entries",
            "Entries that may still be trimmed before one goes that the group has not read or acknowledged, at the last "
                + "sample. Absent: not known."
        ) { $0.trimMarginEntries.metric },
        group(
            "trim_margin_seconds",
            "Time until trimming reaches what the group has not read or acknowledged, at its rate over the last window of "
                + "samples. Absent: nothing is trimmed, or not known."
        ) { $0.trimMarginSeconds.metric },
        counter(
            "entries_lost_total",
            "Entries that were removed before the group was given them, as far as polls prove it, or while they were pending, as "
                + "far as remediation's claims show it; since weir first saw the group."
        ) { $0.entriesLost.metric },
        counter(
            "entries_skipped_total",
            "Entries that the group's last delivered ID was moved over without a read, since weir first saw it."
        ) { $0.entriesSkipped.metric },
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

    /// `name` ends in `_total`, as the name of every counter does.
    private static func counter(
        _ name: String, _ help: String, _ value: @escaping @Sendable (GroupSnapshot) -> MetricValue?
    ) -> MetricFamily {
        MetricFamily("redis_stream_group_\(name)", .counter, help, .group(value))
    }

    private static func group(
        _ name: String, labels: [String], _ help: String,
        _ samples: @escaping @Sendable (GroupSnapshot) -> [MetricSample]
    ) -> MetricFamily {
        MetricFamily("redis_stream_group_\(name)", .gauge, labels: labels, help, .groupSamples(samples))
    }
}
