import StreamModel

extension MetricFamily {
    static let consumerFamilies: [MetricFamily] = [
        consumer("messages_pending", "Entries the consumer holds unacknowledged, at the last sample.") {
            .integer($0.pending)
        },
        consumer(
            "idle_seconds",
            "Time since the consumer last tried to read or claim, at the last sample; before Redis 7.2 since it last "
                + "got something. A reader that blocks on a quiet stream grows idle too."
        ) { .real($0.idleSeconds) },
        consumer(
            "inactive_seconds",
            "Time since the consumer last got something, at the last sample. Absent: never, or before Redis 7.2."
        ) { $0.inactiveSeconds.metric },
        consumer(
            "pending_max_idle_seconds",
            "Longest time since the last delivery of an entry that the consumer holds, when the sweep saw it."
        ) { $0.maxPendingIdleSeconds.metric },
    ]

    private static func consumer(
        _ name: String, _ help: String, _ value: @escaping @Sendable (ConsumerSnapshot) -> MetricValue?
    ) -> MetricFamily {
        MetricFamily("redis_stream_group_consumer_\(name)", .gauge, help, .consumer(value))
    }
}
