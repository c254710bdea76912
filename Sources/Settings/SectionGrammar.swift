/// The keys of one kind of mapping.
struct SectionGrammar {
    let known: [String]
    /// Keys of the contract that this version refuses, with what they are about.
    var notYet: [String: String] = [:]

    static let file = SectionGrammar(
        known: ["targets", "poll", "health", "overrides", "http", "state_dir"],
        notYet: [
            "alert_labels": NotYet.alerts, "external_url": NotYet.alerts, "rules": NotYet.alerts,
            "channels": NotYet.alerts, "heartbeat": NotYet.alerts, "remediation": NotYet.remediation,
        ])

    static let target = SectionGrammar(
        known: [
            "name", "url", "username", "password_file", "password", "streams", "exclude", "memory_limit",
            "max_streams",
        ],
        notYet: [
            "sentinel": "Sentinel", "tls": "TLS to Redis", "labels": NotYet.alerts, "dead_letters": NotYet.alerts,
            "expect": NotYet.alerts,
        ])

    static let stream = SectionGrammar(known: ["match", "as"], notYet: ["max_silence": NotYet.alerts])

    static let poll = SectionGrammar(known: [
        "interval", "timeout", "discovery_interval", "pel_rows_per_poll", "payload_guard", "consumer_series",
        "redis_share",
    ])

    static let health = SectionGrammar(known: ["window", "stale_after", "abandoned_after", "poison_deliveries"])

    static let override = SectionGrammar(known: ["stream", "group"] + health.known)

    static let http = SectionGrammar(known: ["listen", "enable_reload"])
}
