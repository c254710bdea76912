import Alerting
import Settings
import StreamModel
import Testing

@Suite("What a target says of its alerts")
struct TargetAlertTests {
    private static let target = "targets:\n  - url: redis://h\n    "

    private func alerts(_ yaml: String, flags: SettingsFlags = SettingsFlags()) throws -> TargetAlertSettings {
        let settings = try Loading(Self.target + yaml, flags: flags).load()
        return try #require(settings.alerts.targets["h:6379"])
    }

    private func expected(_ stream: String, _ group: String) -> TargetAlertSettings.ExpectedGroup {
        .init(stream: Name(stream), group: Name(group))
    }

    @Test("is nothing by default, for targets from everywhere")
    func defaults() throws {
        let usual = ["h:6379": TargetAlertSettings()]
        #expect(try Loading("targets: [{url: 'redis://h'}]").load().alerts.targets == usual)
        #expect(try Loading(flags: SettingsFlags(redis: ["redis://h"])).load().alerts.targets == usual)
        #expect(try Loading(environment: ["WEIR_REDIS": "redis://h"]).load().alerts.targets == usual)
        #expect(try alerts("labels:") == TargetAlertSettings())
    }

    @Test("comes with what else the rules need: the interval, the window and the limit of memory")
    func figures() throws {
        let settings = try Loading(
            "targets: [{url: 'redis://h', memory_limit: 1GiB}, {url: 'redis://i'}]\npoll: {interval: 30s}"
        ).load()
        #expect(settings.alerts.targets.keys.sorted() == ["h:6379", "i:6379"])
        #expect(settings.alerts.target("h:6379").memoryLimitBytes == 1 << 30)
        #expect(settings.alerts.target("i:6379").memoryLimitBytes == nil)
        #expect(settings.alerts.target("i:6379").intervalMilliseconds == 30_000)
        #expect(settings.alerts.target("i:6379").windowMilliseconds == 90_000)
        let flags = SettingsFlags(interval: "10s")
        #expect(try alerts("labels:", flags: flags).intervalMilliseconds == 10_000)
    }

    @Test("has labels, streams of dead letters and groups that have to be there")
    func full() throws {
        let alerts = try alerts(
            """
            streams: ["orders", {match: "shard:*", as: shards, max_silence: 10m}, {match: "c*", max_silence: 1s}]
                labels: {team: shop, on_call: 7, _x1: "a b"}
                dead_letters: ["*:failed", dlq]
                expect:
                  - {stream: orders, group: shippers}
                  - {stream: orders, group: billing}
                  - {stream: "shard:1", group: g}
                  - {stream: shards, group: g}
            """)
        #expect(alerts.labels == ["team": "shop", "on_call": "7", "_x1": "a b"])
        #expect(alerts.deadLetters == [Glob("*:failed"), Glob("dlq")])
        #expect(
            alerts.expected == [
                expected("orders", "shippers"), expected("orders", "billing"), expected("shards", "g"),
            ], "by the names under which the streams are shown")
        #expect(
            alerts.silences == [
                .init(match: Glob("shards"), maxMilliseconds: 600_000),
                .init(match: Glob("c*"), maxMilliseconds: 1000),
            ])
    }

    @Test("may know no dead letters")
    func noDeadLetters() throws {
        #expect(try alerts("dead_letters: []").deadLetters == [])
        #expect(try alerts("expect: []").expected == [])
    }

    @Test("expects nothing of streams that --stream leaves out")
    func streamsReplaced() throws {
        let yaml =
            "streams: [a, {match: 'b*', as: b, max_silence: 5m}]\n    expect: [{stream: b, group: g}, {stream: a, group: g}]"
        let alerts = try alerts(yaml, flags: SettingsFlags(stream: ["z"]))
        #expect(alerts.expected == [])
        let all = try self.alerts(yaml, flags: SettingsFlags(stream: ["*"]))
        #expect(all.expected == [expected("b", "g"), expected("a", "g")])
    }

    private static let label = "not the name of a label: letters, digits and _, no digit first and not __"
    private static let own =
        "alerts have this label from weir; its own are alertname, severity, target, node, stream, group, consumer"

    @Test(
        "is refused where it is wrong",
        arguments: [
            ("labels: {1a: b}", ["14: targets[0].labels.1a: \(label)"]),
            ("labels: {a-b: b}", ["14: targets[0].labels.a-b: \(label)"]),
            ("labels: {__a: b}", ["14: targets[0].labels.__a: \(label)"]),
            ("labels: {'': b}", ["14: targets[0].labels: \(label)"]),
            ("labels: {é: b}", ["14: targets[0].labels: \(label)"]),
            ("labels: {[a]: b}", ["14: targets[0].labels: \(label)"]),
            ("labels: {group: b}", ["14: targets[0].labels.group: \(own)"]),
            ("labels: {a: }", ["17: targets[0].labels.a: empty; a text is meant"]),
            (
                "labels: {a: [b], c: {d: e}}",
                [
                    "17: targets[0].labels.a: a list, where a text is meant",
                    "25: targets[0].labels.c: a mapping, where a text is meant",
                ]
            ),
            ("labels: {a: \"b\\nc\"}", ["17: targets[0].labels.a: a control character is in it"]),
            ("labels: {a: b, a: c}", ["20: targets[0].labels.a: given twice, first in line 3"]),
            ("labels: a", ["13: targets[0].labels: a single value, where a mapping (key: value) is meant"]),
            ("labels: [a]", ["13: targets[0].labels: a list, where a mapping (key: value) is meant"]),
            (
                "dead_letters: ['', a, a]",
                [
                    "20: targets[0].dead_letters[0]: empty; a name or a pattern such as \"orders:*\" is meant",
                    "27: targets[0].dead_letters[2]: \"a\" is given twice",
                ]
            ),
            (
                "dead_letters:",
                [
                    "18: targets[0].dead_letters: empty; a list of names or patterns such as "
                        + "[\"orders\", \"billing:*\"] is meant"
                ]
            ),
            (
                "expect: {stream: a, group: b}",
                [
                    "13: targets[0].expect: a mapping, where a list such as "
                        + "[{stream: orders, group: shippers}] is meant"
                ]
            ),
            (
                "expect: [a]",
                [
                    "14: targets[0].expect[0]: a single value, where a mapping such as "
                        + "{stream: orders, group: shippers} is meant"
                ]
            ),
            (
                "expect: [{stream: a}]",
                ["14: targets[0].expect[0].group: missing; the name of a group such as shippers is meant"]
            ),
            (
                "expect: [{group: a}]",
                ["14: targets[0].expect[0].stream: missing; the name of a stream such as orders is meant"]
            ),
            (
                "expect: [{stream: '', group: []}]",
                [
                    "23: targets[0].expect[0].stream: empty; the name of a stream such as orders is meant",
                    "34: targets[0].expect[0].group: a list, where the name of a group such as shippers is meant",
                ]
            ),
            (
                "expect: [{stream: a, group: g, consumer: c}]",
                ["36: targets[0].expect[0].consumer: unknown key; known are stream, group"]
            ),
            (
                "expect: [{stream: a, group: g}, {stream: a, group: h}, {group: g, stream: a}]",
                ["60: targets[0].expect[2]: this group of this stream is given twice"]
            ),
        ] as [(String, [String])])
    func refused(yaml: String, expected: [String]) {
        #expect(Loading(Self.target + yaml).complaints() == expected.map { "weir.yaml:3:" + $0 })
    }

    @Test("expects no group of a stream that weir would never see")
    func neverSeen() {
        let complaints = Loading(
            """
            targets:
              - url: redis://h
                expect: [{stream: orders, group: g}, {stream: tmp, group: g}, {stream: sh, group: g}]
                exclude: [tmp]
                streams: ["a*", tmp, {match: "sh*", as: shards}]
            """
        ).complaints()
        #expect(
            complaints == [
                "weir.yaml:3:23: targets[0].expect[0].stream: \"orders\" is not among the target's streams, "
                    + "so that weir would never see it",
                "weir.yaml:3:51: targets[0].expect[1].stream: \"tmp\" is matched by the target's exclude, "
                    + "so that weir would never see it",
            ])
    }

    @Test("has no second complaint about an expected group where the streams are wrong themselves")
    func wrongStreams() {
        let complaints = Loading(
            Self.target + "streams: ['', a]\n    expect: [{stream: orders, group: g}]"
        ).complaints()
        #expect(complaints.count == 1)
        #expect(complaints.first?.hasPrefix("weir.yaml:3:15: targets[0].streams[0]: empty; ") == true)
    }
}
