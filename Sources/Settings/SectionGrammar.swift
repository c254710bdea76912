/// The keys of one kind of mapping.
struct SectionGrammar {
    var known: [String]
    /// Keys that are none here, and why: known elsewhere, or not known yet.
    var refused: [String: Complaint] = [:]

    static let file = SectionGrammar(
        known: [
            "targets", "poll", "health", "overrides", "http", "state_dir", "alert_labels", "external_url",
            "runbooks_url", "rules", "channels", "heartbeat", "remediation",
        ])

    static let target = SectionGrammar(
        known: [
            "name", "url", "username", "password_file", "password", "tls", "sentinel", "streams", "exclude",
            "memory_limit", "max_streams", "labels", "dead_letters", "expect",
        ])

    static let sentinel = SectionGrammar(known: ["username", "password_file", "password", "tls"])

    static let tls = SectionGrammar(known: [
        "ca_file", "cert_file", "key_file", "server_name", "insecure_skip_verify",
    ])

    static let stream = SectionGrammar(known: ["match", "as", "max_silence"])

    static let expect = SectionGrammar(known: ["stream", "group"])

    static let poll = SectionGrammar(known: [
        "interval", "timeout", "discovery_interval", "pel_rows_per_poll", "payload_guard", "consumer_series",
        "redis_share",
    ])

    static let health = SectionGrammar(known: ["window", "stale_after", "abandoned_after", "poison_deliveries"])

    static let override = SectionGrammar(known: ["stream", "group"] + health.known)

    static let channel = SectionGrammar(known: [
        "name", "type", "url", "url_file", "urls", "format", "secret", "secret_file", "routing_key",
        "routing_key_file", "headers", "ca_file", "send_resolved", "repeat_interval", "timeout",
    ])

    static let heartbeat = SectionGrammar(known: ["url", "url_file", "every", "ca_file"])

    static let remediation = SectionGrammar(known: [
        "mode", "entries_per_cycle", "entries_per_hour", "cooldown", "storm", "policies",
    ])

    static let storm = SectionGrammar(known: ["share", "at_least"])

    static let policy = SectionGrammar(known: [
        "name", "mode", "target", "stream", "group", "action", "to", "rereads_own_pel", "min_idle", "after_deliveries",
        "to_stream", "max_entries", "notify",
    ])

    static let maxEntries = SectionGrammar(known: ["per_cycle", "per_hour"])

    static let http = SectionGrammar(known: ["listen", "enable_reload"])
}
