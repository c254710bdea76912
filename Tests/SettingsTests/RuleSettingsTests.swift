import Alerting
import Settings
import StreamModel
import Testing

@Suite("Rules")
struct RuleSettingsTests {
    private static let head = """
        targets: [{url: 'redis://h'}]
        channels: [{name: ops, type: webhook, url: 'http://h'}, {name: chat, type: webhook, url: 'http://h'}]
        rules:

        """

    private func rules(_ yaml: String) throws -> [AlertRule: RuleSettings] {
        try Loading(Self.head + yaml).load().alerts.rules
    }

    @Test(
        "are as they are defined where nothing is said",
        arguments: ["", "  LagHigh:", "  LagHigh: true", "  LagHigh: {}"])
    func defaults(yaml: String) throws {
        let alerts = try Loading(Self.head + yaml).load().alerts
        for rule in AlertRule.allCases { #expect(alerts.rule(rule) == RuleSettings()) }
    }

    @Test("can be switched off", arguments: AlertRule.allCases)
    func off(rule: AlertRule) throws {
        var off = RuleSettings()
        off.isOn = false
        #expect(try rules("  \(rule.rawValue): false") == [rule: off])
    }

    @Test("can be tuned, scoped and sent to some channels")
    func tuned() throws {
        var expected = RuleSettings()
        expected.holdMilliseconds = 0
        expected.keepFiringMilliseconds = 300_000
        expected.severity = .critical
        expected.notify = ["chat", "ops"]
        expected.streams = [Glob("orders"), Glob("b*")]
        expected.groups = [Glob("g?")]
        let read = try rules(
            """
              ConsumerStale:
                for: 0s
                keep_firing_for: 5m
                severity: critical
                notify: [chat, ops]
                streams: [orders, "b*"]
                groups: ["g?"]
            """)
        #expect(read == [.consumerStale: expected])
    }

    @Test("may have nobody told")
    func nobody() throws {
        #expect(try rules("  LagHigh: {notify: []}")[.lagHigh]?.notify == [])
        #expect(try rules("  LagHigh: {for: 1s}")[.lagHigh]?.notify == nil)
    }

    @Test(
        "have limits of their own",
        arguments: [
            ("LagHigh: {seconds: 90s}", .lagHigh, [.seconds: 90_000]),
            ("LagHigh: {seconds: 10m}", .lagHigh, [.seconds: 600_000]),
            (
                "LagHigh: {seconds: 1ms, critical_seconds: 2ms, critical_for: 0s, entries: 1}", .lagHigh,
                [.seconds: 1, .criticalSeconds: 2, .criticalFor: 0, .entries: 1]
            ),
            ("LagHigh: {critical_seconds: 60001ms}", .lagHigh, [.criticalSeconds: 60_001]),
            ("PendingOld: {age: 365d, holds: 3}", .pendingOld, [.age: 31_536_000_000, .holds: 3]),
            ("TrimRisk: {unread_share: 33.3%}", .trimRisk, [.unreadShare: 333]),
            ("StreamUntrimmed: {memory_share: 0.1%}", .streamUntrimmed, [.memoryShare: 1]),
            ("MemoryHigh: {share: 100%}", .memoryHigh, [.share: 1000]),
            ("MemoryHigh: {share: 0.8}", .memoryHigh, [.share: 800]),
            ("MemoryRunway: {within: 2h}", .memoryRunway, [.within: 7_200_000]),
            ("ReplicaLagging: {seconds: 1s}", .replicaLagging, [.seconds: 1000]),
            ("RedisSlow: {round_trip: 5ms}", .redisSlow, [.roundTrip: 5]),
            ("SampleStale: {intervals: 10}", .sampleStale, [.intervals: 10]),
        ] as [(String, AlertRule, [RuleLimit: Int64])])
    func limits(yaml: String, rule: AlertRule, expected: [RuleLimit: Int64]) throws {
        #expect(try rules("  " + yaml)[rule]?.limits == expected)
    }

    @Test("know every limit by its key")
    func everyLimit() throws {
        for rule in AlertRule.allCases {
            for (limit, usual) in rule.definition.limits {
                let value =
                    switch limit.unit {
                    case .duration: "\(usual ?? 1)ms"
                    case .count: "\(usual ?? 1)"
                    case .share: "\(Double(usual ?? 1) / 10)%"
                    }
                let read = try rules("  \(rule.rawValue): {\(limit.rawValue): \(value)}")
                #expect(read[rule]?.limits == [limit: usual ?? 1])
            }
        }
    }

    private static let wait = "is out of range: 0s to 30d, such as 5m"
    private static let tooSoon = "the critical level comes after the usual one: more than seconds,"

    @Test(
        "that are wrong are refused",
        arguments: [
            ("LagHgh: false", ["3: rules.LagHgh: unknown key; did you mean LagHigh?"]),
            (
                "LagHigh: off",
                ["12: rules.LagHigh: \"off\" is not true or false; yes, no, on and off are only words here"]
            ),
            (
                "LagHigh: 'false'",
                [
                    "12: rules.LagHigh: \"false\" is a text because of its quotes; true or false is meant, "
                        + "without quotes"
                ]
            ),
            ("LagHigh: [a]", ["12: rules.LagHigh: a list, where true, false or a mapping such as {for: 5m} is meant"]),
            ("LagHigh: {for: 31d}", ["18: rules.LagHigh.for: \"31d\" \(wait)"]),
            ("LagHigh: {for: 5}", ["18: rules.LagHigh.for: 5 has no unit: 5s?"]),
            ("LagHigh: {keep_firing_for: 31d}", ["30: rules.LagHigh.keep_firing_for: \"31d\" \(wait)"]),
            (
                "LagHigh: {severity: warn}",
                ["23: rules.LagHigh.severity: \"warn\" is not one of info, warning, critical"]
            ),
            (
                "LagHigh: {severity: critcal}",
                [
                    "23: rules.LagHigh.severity: \"critcal\" is not one of info, warning, critical; did you mean critical?"
                ]
            ),
            (
                "LagHigh: {notify: [ops, opps, 5, ops, '']}",
                [
                    "27: rules.LagHigh.notify[1]: \"opps\" is not a channel; did you mean ops?",
                    "33: rules.LagHigh.notify[2]: \"5\" is not a channel; known are ops, chat",
                    "36: rules.LagHigh.notify[3]: \"ops\" is given twice",
                    "41: rules.LagHigh.notify[4]: empty; a name such as ops is meant",
                ]
            ),
            (
                "LagHigh: {notify: ops}",
                ["21: rules.LagHigh.notify: a single value, where a list of channels such as [ops] is meant"]
            ),
            (
                "LagHigh: {streams: [], groups: [a, a]}",
                [
                    "22: rules.LagHigh.streams: empty; a list of names or patterns such as "
                        + "[\"orders\", \"billing:*\"] is meant",
                    "38: rules.LagHigh.groups[1]: \"a\" is given twice",
                ]
            ),
            (
                "StreamSilent: {groups: [a]}",
                ["18: rules.StreamSilent.groups: StreamSilent is about a stream, not about groups"]
            ),
            (
                "MemoryHigh: {streams: [a], groups: [a]}",
                [
                    "16: rules.MemoryHigh.streams: MemoryHigh is about a server, not about streams",
                    "30: rules.MemoryHigh.groups: MemoryHigh is about a server, not about groups",
                ]
            ),
            (
                "StreamsNotSampled: {streams: [a]}",
                [
                    "23: rules.StreamsNotSampled.streams: StreamsNotSampled is about a target as a whole, not about streams"
                ]
            ),
            (
                "PendingOld: {seconds: 5s}",
                ["16: rules.PendingOld.seconds: not a limit of PendingOld; it knows age, holds"]
            ),
            ("LagUnknown: {age: 5s}", ["16: rules.LagUnknown.age: LagUnknown has no limit of its own"]),
            ("PendingOld: {hold: 5}", ["16: rules.PendingOld.hold: unknown key; did you mean holds?"]),
            (
                "PendingOld: {colour: 5}",
                [
                    "16: rules.PendingOld.colour: unknown key; known are for, keep_firing_for, severity, notify, "
                        + "streams, groups, age, holds"
                ]
            ),
            ("LagHigh: {seconds: 0s}", ["22: rules.LagHigh.seconds: \"0s\" is out of range: 1ms to 365d, such as 1m"]),
            ("LagHigh: {seconds: 60}", ["22: rules.LagHigh.seconds: 60 has no unit: 60s?"]),
            (
                "LagHigh: {entries: 0}",
                ["22: rules.LagHigh.entries: \"0\" is out of range: 1 to 1000000000, such as 1000"]
            ),
            (
                "PendingOld: {holds: 0}",
                ["23: rules.PendingOld.holds: \"0\" is out of range: 1 to 1000000000, such as 10"]
            ),
            (
                "TrimRisk: {unread_share: 0.01%}",
                ["28: rules.TrimRisk.unread_share: \"0.01%\" is out of range: 0.1% to 100%, such as 50%"]
            ),
            (
                "TrimRisk: {unread_share: 101%}",
                ["28: rules.TrimRisk.unread_share: \"101%\" is out of range: above 0% to 100%, such as 2% or 0.02"]
            ),
            (
                "TrimRisk: {unread_share: many}",
                ["28: rules.TrimRisk.unread_share: \"many\" is not a share such as 2% or 0.02"]
            ),
            ("LagHigh: {critical_seconds: 60s}", ["31: rules.LagHigh.critical_seconds: \(tooSoon) 1m, is meant"]),
            (
                "LagHigh: {seconds: 10m, critical_seconds: 5m}",
                ["45: rules.LagHigh.critical_seconds: \(tooSoon) 10m, is meant"]
            ),
            ("LagHigh: {seconds: 10, critical_seconds: 5s}", ["22: rules.LagHigh.seconds: 10 has no unit: 10s?"]),
            (
                "LagHigh: {severity: info, critical_seconds: 5m, critical_for: 1m}",
                [
                    "29: rules.LagHigh.critical_seconds: the rule has one level when severity is set; "
                        + "leave out one of them",
                    "51: rules.LagHigh.critical_for: the rule has one level when severity is set; "
                        + "leave out one of them",
                ]
            ),
        ] as [(String, [String])])
    func refused(yaml: String, expected: [String]) {
        #expect(Loading(Self.head + "  " + yaml).complaints() == expected.map { "weir.yaml:4:" + $0 })
    }

    @Test("are all named where a name is like none of them")
    func unknownRule() {
        let known = AlertRule.allCases.map(\.rawValue).joined(separator: ", ")
        #expect(
            Loading(Self.head + "  Weather: false").complaints()
                == ["weir.yaml:4:3: rules.Weather: unknown key; known are \(known)"])
    }

    @Test("cannot tell a channel where there is none")
    func noChannels() {
        #expect(
            Loading("targets: [{url: 'redis://h'}]\nrules: {LagHigh: {notify: [ops]}}").complaints()
                == ["weir.yaml:2:28: rules.LagHigh.notify[0]: \"ops\" is not a channel; there are none"])
    }

    @Test(
        "miss no channel whose name is wrong itself", arguments: ["[{nam: ops}]", "[ops]", "ops", "[{name: 'o p s'}]"])
    func wrongChannels(channels: String) {
        let complaints = Loading(
            "targets: [{url: 'redis://h'}]\nrules: {LagHigh: {notify: [ops]}}\nchannels: \(channels)"
        ).complaints()
        #expect(!complaints.isEmpty)
        #expect(complaints.allSatisfy { $0.hasPrefix("weir.yaml:3:") })
    }
}
