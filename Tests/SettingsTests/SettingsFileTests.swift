import Alerting
import Platform
import RedisClient
import Settings
import StreamModel
import Testing

@Suite("A configuration file")
struct SettingsFileTests {
    private static let knownKeys =
        "known are targets, poll, health, overrides, http, state_dir, alert_labels, external_url, runbooks_url, "
        + "rules, channels, heartbeat, remediation"

    @Test("gives every setting")
    func full() throws {
        var loading = Loading(
            """
            targets:
              - name: orders
                url: redis://127.0.0.1:6380/2
                username: weir
                password_file: /run/secrets/redis
                streams: ["orders", {match: "shard:*", as: shards}, "billing:*"]
                exclude: ["tmp:*"]
                memory_limit: 2GiB
                max_streams: 500
              - {url: "unix:///run/redis.sock"}
            poll:
              interval: 10s
              timeout: 1s
              discovery_interval: 2m
              pel_rows_per_poll: 0
              payload_guard: 1MiB
              consumer_series: 10
              redis_share: 5%
            http: {listen: ["127.0.0.1:0", "[::1]:10061"], enable_reload: true}
            state_dir: /var/lib/weir
            """)
        loading.files["/run/secrets/redis"] = Array("hunter2\n".utf8)
        let settings = try loading.load()

        var expected = Settings(targets: [
            TargetSettings(
                name: "orders",
                topology: .single(
                    RedisEndpoint(
                        address: .tcp(host: "127.0.0.1", port: 6380), username: "weir",
                        password: .file(path: "/run/secrets/redis"), database: 2)),
                streams: [Glob("orders"), Glob("shard:*"), Glob("billing:*")],
                logicalStreams: [LogicalStream(match: Glob("shard:*"), name: Name("shards"))],
                exclude: [Glob("tmp:*")],
                memoryLimitBytes: 2 << 30, maxStreams: 500),
            TargetSettings(
                name: "/run/redis.sock",
                topology: .single(RedisEndpoint(address: .unix(path: "/run/redis.sock")))),
        ])
        expected.poll.interval = .seconds(10)
        expected.poll.timeout = .seconds(1)
        expected.poll.discoveryInterval = .seconds(120)
        expected.poll.pelRowsPerPoll = 0
        expected.poll.payloadGuard = 1 << 20
        expected.poll.consumerSeries = 10
        expected.poll.redisShare = 0.05
        expected.http.listen = [ListenAddress(host: "127.0.0.1", port: 0), ListenAddress(host: "::1", port: 10_061)]
        expected.http.enableReload = true
        expected.stateDirectory = "/var/lib/weir"
        var alerts = TargetAlertSettings()
        alerts.intervalMilliseconds = 10_000
        expected.alerts.targets["/run/redis.sock"] = alerts
        alerts.memoryLimitBytes = 2 << 30
        expected.alerts.targets["orders"] = alerts
        #expect(settings == expected)
    }

    @Test("may leave everything but a target to the defaults")
    func defaults() throws {
        let settings = try Loading("targets: [{url: 'redis://h'}]\npoll:\nhttp:\n").load()
        #expect(
            settings.targets == [
                TargetSettings(
                    name: "h:6379", topology: .single(RedisEndpoint(address: .tcp(host: "h", port: 6379))),
                    streams: [Glob("*")],
                    logicalStreams: [], exclude: [], memoryLimitBytes: nil, maxStreams: 10_000)
            ])
        #expect(settings.poll.interval == .seconds(5))
        #expect(settings.poll.timeout == .seconds(2))
        #expect(settings.poll.discoveryInterval == .seconds(60))
        #expect(settings.poll.pelRowsPerPoll == 20_000)
        #expect(settings.poll.payloadGuard == 16_384)
        #expect(settings.poll.consumerSeries == 50)
        #expect(settings.poll.redisShare == 0.02)
        #expect(settings.http.listen == [ListenAddress(host: "0.0.0.0", port: 10_061)])
        #expect(!settings.http.enableReload)
        #expect(settings.log == LogSettings())
        #expect(settings.stateDirectory == nil)
        #expect(settings.warnings.isEmpty)
    }

    @Test("with many errors has all of them told at once, from top to bottom")
    func allAtOnce() {
        let loading = Loading(
            """
            targets:
              - name: a
                url: localhost:6379
                max_streams: 0
                streams: [ok, "", [x]]
              - name: a
                url: redis://h
                usrname: weir
              - redis://h
              - {name: a, url: "redis://h2"}
            poll:
              intervall: 5s
              timeout: 5
              timeout: 2s
              redis_share: 2
              payload_guard: 512B
              pel_rows_per_poll: "10"
              consumer_series: many
            http:
              listen: ["0.0.0.0:10061", "10061", "0.0.0.0:10061"]
              enable_reload: yes
            colour: red
            """, flags: SettingsFlags(interval: "5 parsecs"), environment: ["WEIR_LOG_LEVEL": "warn"])
        #expect(
            loading.complaints() == [
                "--interval: \"5 parsecs\" is not a duration: whole numbers with ms, s, m, h or d, the largest first, "
                    + "such as 5s or 1m30s",
                "WEIR_LOG_LEVEL: \"warn\" is not one of trace, debug, info, warning, error",
                "weir.yaml:3:10: targets[0].url: the URL has no scheme; a host and a port are written redis://host:port",
                "weir.yaml:4:18: targets[0].max_streams: \"0\" is out of range: 1 to 1000000, such as 10000",
                "weir.yaml:5:19: targets[0].streams[1]: empty; a name or a pattern such as \"orders:*\" is meant",
                "weir.yaml:5:23: targets[0].streams[2]: a list, where a name or a pattern such as \"orders:*\" is meant",
                "weir.yaml:8:5: targets[1].usrname: unknown key; did you mean username?",
                "weir.yaml:9:5: targets[2]: a single value, where a mapping such as "
                    + "{url: \"redis://127.0.0.1:6379\"} is meant",
                "weir.yaml:10:12: targets[3].name: two targets are named \"a\"; give each its own name in a file",
                "weir.yaml:12:3: poll.intervall: unknown key; did you mean interval?",
                "weir.yaml:13:12: poll.timeout: 5 has no unit: 5s?",
                "weir.yaml:14:3: poll.timeout: given twice, first in line 13",
                "weir.yaml:15:16: poll.redis_share: \"2\" is out of range: above 0% to 100%, such as 2% or 0.02",
                "weir.yaml:16:18: poll.payload_guard: \"512B\" is out of range: 1024 bytes and more, such as 16KiB",
                "weir.yaml:17:22: poll.pel_rows_per_poll: \"10\" is a text because of its quotes; "
                    + "a whole number such as 100 is meant, without quotes",
                "weir.yaml:18:20: poll.consumer_series: \"many\" is not a whole number such as 100",
                "weir.yaml:20:29: http.listen[1]: \"10061\" is not an address to listen on: "
                    + "it has no port, such as 0.0.0.0:10061 or :10061",
                "weir.yaml:20:38: http.listen[2]: \"0.0.0.0:10061\" is given twice",
                "weir.yaml:21:18: http.enable_reload: \"yes\" is not true or false; "
                    + "yes, no, on and off are only words here",
                "weir.yaml:22:1: colour: unknown key; \(Self.knownKeys)",
            ])
        #expect(loading.kind() == .file)
    }

    @Test(
        "with numbers and durations beyond their bounds is refused",
        arguments: [
            ("interval", "99ms", "100ms to 1h, such as 5s"), ("interval", "61m", "100ms to 1h, such as 5s"),
            ("timeout", "49ms", "50ms to 1m, such as 2s"), ("timeout", "2m", "50ms to 1m, such as 2s"),
            ("discovery_interval", "999ms", "1s to 1d, such as 1m"),
            ("discovery_interval", "25h", "1s to 1d, such as 1m"),
            ("pel_rows_per_poll", "-1", "0 to 10000000, such as 20000"),
            ("pel_rows_per_poll", "10000001", "0 to 10000000, such as 20000"),
            ("consumer_series", "10001", "0 to 10000, such as 50"),
            ("consumer_series", "99999999999999999999", "0 to 10000, such as 50"),
            ("payload_guard", "1KB", "1024 bytes and more, such as 16KiB"),
            ("redis_share", "0%", "above 0% to 100%, such as 2% or 0.02"),
        ])
    func ranges(key: String, value: String, range: String) {
        let complaints = Loading("targets: [{url: 'redis://h'}]\npoll: {\(key): \(value)}\n").complaints()
        #expect(complaints == ["weir.yaml:2:\(10 + key.count): poll.\(key): \"\(value)\" is out of range: \(range)"])
    }

    @Test(
        "with values of the wrong shape is refused",
        arguments: [
            ("targets:", "1:9: targets: empty; a list such as [{url: \"redis://127.0.0.1:6379\"}] is meant"),
            (
                "targets: {}",
                "1:10: targets: a mapping, where a list such as [{url: \"redis://127.0.0.1:6379\"}] is meant"
            ),
            ("targets: [{}]", "1:11: targets[0].url: missing; every target has one, such as redis://127.0.0.1:6379"),
            (
                "targets: [~]",
                "1:11: targets[0]: a single value, where a mapping such as {url: \"redis://127.0.0.1:6379\"} is meant"
            ),
            (
                "targets: [{url: [a]}]",
                "1:17: targets[0].url: a list, where a URL such as redis://127.0.0.1:6379 is meant"
            ),
            ("targets: [{url: }]", "1:17: targets[0].url: empty; a URL such as redis://127.0.0.1:6379 is meant"),
            (
                "targets: [{url: 'redis://h', name: \"a\\nb\"}]",
                "1:36: targets[0].name: a control character is in it"
            ),
            (
                "targets: [{url: 'redis://h', streams: []}]",
                "1:39: targets[0].streams: empty; a list of names or patterns such as [\"orders\", \"billing:*\"] is meant"
            ),
            (
                "targets: [{url: 'redis://h', streams: orders}]",
                "1:39: targets[0].streams: a single value, where a list of names or patterns such as "
                    + "[\"orders\", \"billing:*\"] is meant"
            ),
            (
                "targets: [{url: 'redis://h', streams: [a, b, a]}]",
                "1:46: targets[0].streams[2]: \"a\" is given twice"
            ),
            (
                "{targets: [{url: 'redis://h'}], poll: 5s}",
                "1:39: poll: a single value, where a mapping (key: value) is meant"
            ),
            ("{targets: [{url: 'redis://h'}], http: [a]}", "1:39: http: a list, where a mapping (key: value) is meant"),
            (
                "{targets: [{url: 'redis://h'}], http: {enable_reload: 'true'}}",
                "1:55: http.enable_reload: \"true\" is a text because of its quotes; true or false is meant, without quotes"
            ),
            (
                "{targets: [{url: 'redis://h'}], http: {listen: []}}",
                "1:48: http.listen: empty; a list of addresses such as [\"0.0.0.0:10061\"] is meant"
            ),
            ("- a", "1:1: a list, where a mapping (key: value) is meant"),
            (
                "{[a]: b, targets: [{url: 'redis://h'}]}",
                "1:2: a key that is no plain word; \(Self.knownKeys)"
            ),
            ("a: [1", "2:1: did not find expected ',' or ']' while parsing a flow sequence from line 1"),
        ])
    func shapes(yaml: String, expected: String) {
        #expect(Loading(yaml).complaints() == ["weir.yaml:" + expected])
    }

    @Test("takes digits where a text is meant, as they are written")
    func digitsAsText() throws {
        let settings = try Loading("targets: [{url: 'redis://h', name: 007, password: 0x10, streams: [42]}]").load()
        #expect(settings.targets.first?.name == "007")
        #expect(settings.targets.first?.topology.access.password == .secret(Secret(Array("0x10".utf8))))
        #expect(settings.targets.first?.streams == [Glob("42")])
    }

    @Test("may use anchors and aliases")
    func aliases() throws {
        let settings = try Loading(
            "targets: [{url: 'redis://a', streams: &s [x]}, {url: 'redis://b', streams: *s}]"
        ).load()
        #expect(settings.targets.map(\.streams) == [[Glob("x")], [Glob("x")]])
    }

    @Test("is checked by itself, and summed up in a line")
    func check() throws {
        let file = try Loading(
            """
            targets: [{name: a, url: 'redis://h', username: u, password_file: gone}, {url: 'redis://[::1]'}]
            channels: [{name: ops, type: slack, url_file: gone}, {name: b, type: alertmanager, url: "http://h"}]
            """
        ).check()
        #expect(file.warnings.isEmpty)
        #expect(
            file.description == "weir.yaml: valid: targets a, [::1]:6379; polled every 5s; pages on 0.0.0.0:10061; "
                + "channels ops, b; no remediation")
        let without = try Loading("poll: {interval: 1m}").check()
        #expect(
            without.description
                == "weir.yaml: valid: no targets; polled every 1m; pages on 0.0.0.0:10061; no channels; "
                + "no remediation")
        #expect(without.warnings.count == 1)
        #expect(without.warnings.first?.hasPrefix("weir.yaml:1:1: targets: no target; ") == true)
        let errors = #expect(throws: SettingsErrors.self) { try Loading("pol: {}").check() }
        #expect(errors?.description == "weir.yaml:1:1: pol: unknown key; did you mean poll?")
        #expect(errors?.kind == .file)
    }
}
