import StreamModel

extension MetricFamily {
    static let targetFamilies: [MetricFamily] = [
        MetricFamily(
            "weir_poll_duration_seconds", .histogram,
            "What a poll of the target took that succeeded, from its start to its state.",
            .histogram(\.polling.duration)),
        MetricFamily(
            "weir_redis_round_trip_seconds", .histogram,
            "What one pipeline took, from the first byte sent to the last received; where it followed another without a pause, from "
                + "the end of that.",
            .histogram(\.polling.roundTrip)),
        MetricFamily(
            "weir_polls_total", .counter, labels: ["result"],
            "Polls by result: success; error: the target as a whole could not be read; skipped: the turn passed while "
                + "an earlier poll was under way.",
            .target { target in
                [
                    MetricSample(.unsigned(target.polling.failed), ["result": "error"]),
                    MetricSample(.unsigned(target.polling.skipped), ["result": "skipped"]),
                    MetricSample(.unsigned(target.polling.succeeded), ["result": "success"]),
                ]
            }),
        MetricFamily(
            "weir_poll_commands_total", .counter, "Commands that weir has sent to the target.",
            .target { [MetricSample(.unsigned($0.polling.commands))] }),
        MetricFamily(
            "weir_poll_bytes_total", .counter, labels: ["direction"],
            "Bytes that weir has sent to and received from the target.",
            .target { target in
                [
                    MetricSample(.unsigned(target.polling.bytesReceived), ["direction": "received"]),
                    MetricSample(.unsigned(target.polling.bytesSent), ["direction": "sent"]),
                ]
            }),
        MetricFamily(
            "weir_last_poll_timestamp_seconds", .gauge, "When the target was last polled with success, in Unix time.",
            .target { .optional(($0.polling.lastSuccess?.seconds).metric) }),
        MetricFamily(
            "weir_streams", .gauge, "Streams of the target that weir watches, each part of a logical stream counted.",
            .target { [MetricSample(.integer(Int64($0.streams.reduce(0) { $0 + ($1.members ?? 1) })))] }),
        MetricFamily(
            "weir_streams_not_sampled", .gauge, "Streams that match the configuration beyond max_streams.",
            .target { [MetricSample(.integer(Int64($0.streamsNotSampled)))] }),
        MetricFamily(
            "weir_alerts_firing", .gauge, labels: ["alertname", "severity"],
            "Alerts of weir's own rules that fire, silenced and inhibited ones too, as of the last poll. Absent: none.",
            .target { target in
                target.firingAlerts.counts.map { kind, count in
                    MetricSample(.integer(Int64(count)), ["alertname": kind.name, "severity": kind.severity])
                }
            }),
    ]
}
