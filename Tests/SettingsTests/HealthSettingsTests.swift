import Settings
import StreamHealth
import StreamModel
import Testing

@Suite("The limits of health")
struct HealthSettingsTests {
    private static let target = "targets: [{url: 'redis://h'}]\n"

    private func thresholds(_ yaml: String, _ stream: String = "s", _ group: String = "g") throws -> HealthThresholds {
        try Loading(Self.target + yaml).load().health.thresholds(stream: Name(stream), group: Name(group))
    }

    @Test("are the usual ones where nothing is said", arguments: ["", "health:\n", "overrides: []\n"])
    func defaults(yaml: String) throws {
        let found = try thresholds(yaml)
        #expect(found == HealthThresholds())
        #expect(found.windowMilliseconds == 60_000)
        #expect(found.staleAfterMilliseconds == 300_000)
        #expect(!found.isStaleAfterAutomatic)
        #expect(found.abandonedAfterMilliseconds == 86_400_000)
        #expect(found.poisonDeliveries == 5)
    }

    @Test("are taken from the file")
    func given() throws {
        let found = try thresholds(
            "health: {window: 15s, stale_after: 1s, abandoned_after: 365d, poison_deliveries: 1000000000}\n")
        #expect(found.windowMilliseconds == 15_000)
        #expect(found.staleAfterMilliseconds == 1_000)
        #expect(found.abandonedAfterMilliseconds == 365 * 86_400_000)
        #expect(found.poisonDeliveries == 1_000_000_000)
    }

    @Test(
        "differ for those that an override matches: of each limit, the last that matches wins",
        arguments: [
            ("batch:a", "any", 30 * 60_000, 7, 60_000), ("batch:a", "slow", 60 * 60_000, 7, 60_000),
            ("orders", "slow", 60 * 60_000, 5, 60_000), ("orders", "any", 300_000, 5, 60_000),
            ("batch:[x]", "any", 30 * 60_000, 7, 20_000), ("batch:x", "any", 30 * 60_000, 7, 60_000),
        ] as [(String, String, Int64, Int64, Int64)])
    func overrides(stream: String, group: String, staleAfter: Int64, poison: Int64, window: Int64) throws {
        let yaml = #"""
            overrides:
              - {stream: "batch:*", stale_after: 30m, poison_deliveries: 7}
              - {group: slow, stale_after: 1h}
              - {stream: 'batch:\[x\]', group: "*", window: 20s}
            """#
        let found = try thresholds(yaml, stream, group)
        #expect(found.staleAfterMilliseconds == staleAfter)
        #expect(found.poisonDeliveries == poison)
        #expect(found.windowMilliseconds == window)
    }

    @Test(
        "may have stale_after follow the hold times, and what was said last counts",
        arguments: [
            ("health: {stale_after: auto}", true, 300_000), ("health: {stale_after: 'auto'}", true, 300_000),
            ("health: {stale_after: 7m}", false, 420_000),
            ("overrides: [{stream: s, stale_after: auto}]", true, 300_000),
            ("overrides: [{stream: other, stale_after: auto}]", false, 300_000),
            ("health: {stale_after: auto}\noverrides: [{stream: s, stale_after: 30m}]", false, 1_800_000),
            ("health: {stale_after: auto}\noverrides: [{stream: other, stale_after: 30m}]", true, 300_000),
            ("health: {stale_after: auto}\noverrides: [{stream: s, window: 2m}]", true, 300_000),
            ("health: {stale_after: 7m}\noverrides: [{group: g, stale_after: auto}]", true, 420_000),
            ("health: {stale_after: 7m}\noverrides: [{group: g, window: 2m}]", false, 420_000),
            ("overrides: [{stream: s, stale_after: 30m}, {group: g, stale_after: auto}]", true, 1_800_000),
            ("overrides: [{stream: s, stale_after: auto}, {group: g, stale_after: 30m}]", false, 1_800_000),
            ("overrides: [{stream: s, stale_after: auto}, {group: g, poison_deliveries: 7}]", true, 300_000),
        ] as [(String, Bool, Int64)])
    func automatic(yaml: String, isAutomatic: Bool, staleAfter: Int64) throws {
        let found = try thresholds(yaml)
        #expect(found.isStaleAfterAutomatic == isAutomatic)
        #expect(found.staleAfterMilliseconds == staleAfter)
    }

    @Test(
        "have bounds",
        arguments: [
            ("window", "999ms", "1s to 1d, such as 1m"), ("window", "25h", "1s to 1d, such as 1m"),
            ("stale_after", "999ms", "1s to 30d, such as 5m"), ("stale_after", "31d", "1s to 30d, such as 5m"),
            ("abandoned_after", "59s", "1m to 365d, such as 1d"), ("abandoned_after", "366d", "1m to 365d, such as 1d"),
            ("poison_deliveries", "0", "1 to 1000000000, such as 5"),
            ("poison_deliveries", "1000000001", "1 to 1000000000, such as 5"),
        ])
    func ranges(key: String, value: String, range: String) {
        let column = 12 + key.count
        #expect(
            Loading(Self.target + "health: {\(key): \(value)}\n").complaints() == [
                "weir.yaml:2:\(column): health.\(key): \"\(value)\" is out of range: \(range)"
            ])
        #expect(
            Loading(Self.target + "overrides: [{stream: a, \(key): \(value)}]\n").complaints() == [
                "weir.yaml:2:\(column + 15): overrides[0].\(key): \"\(value)\" is out of range: \(range)"
            ])
    }

    @Test(
        "of the wrong shape are refused",
        arguments: [
            ("health: 5m", "9: health: a single value, where a mapping (key: value) is meant"),
            ("health: {window: 60}", "18: health.window: 60 has no unit: 60s?"),
            ("health: {windows: 60s}", "10: health.windows: unknown key; did you mean window?"),
            (
                "health: {stream: a}",
                "10: health.stream: unknown key; known are window, stale_after, abandoned_after, poison_deliveries"
            ),
            (
                "health: {stale_after: Auto}",
                "23: health.stale_after: \"Auto\" is neither auto nor a duration such as 5m"
            ),
            ("health: {stale_after: 300}", "23: health.stale_after: 300 has no unit: 300s?"),
            ("health: {stale_after: }", "23: health.stale_after: empty; auto or a duration such as 5m is meant"),
            (
                "health: {stale_after: [auto]}",
                "23: health.stale_after: a list, where auto or a duration such as 5m is meant"
            ),
            (
                "overrides: [{group: g, stale_after: automatic}]",
                "37: overrides[0].stale_after: \"automatic\" is neither auto nor a duration such as 5m"
            ),
            (
                "health: {window: auto}",
                "18: health.window: \"auto\" is not a duration: whole numbers with ms, s, m, h or d, the largest first, "
                    + "such as 5s or 1m30s"
            ),
            (
                "health: {poison_deliveries: '5'}",
                "29: health.poison_deliveries: \"5\" is a text because of its quotes; "
                    + "a whole number such as 100 is meant, without quotes"
            ),
            ("overrides:", "11: overrides: empty; a list such as [{stream: \"batch:*\", stale_after: 30m}] is meant"),
            (
                "overrides: {stream: a}",
                "12: overrides: a mapping, where a list such as [{stream: \"batch:*\", stale_after: 30m}] is meant"
            ),
            (
                "overrides: [a]",
                "13: overrides[0]: a single value, where a mapping such as {stream: \"batch:*\", stale_after: 30m} is meant"
            ),
            (
                "overrides: [{stale_after: 30m}]",
                "13: overrides[0]: neither a stream nor a group; an override is for some of them, "
                    + "such as stream: \"batch:*\" (health is for all)"
            ),
            (
                "overrides: [{stream: a}]",
                "13: overrides[0]: nothing is overridden; give one of "
                    + "window, stale_after, abandoned_after, poison_deliveries"
            ),
            (
                "overrides: [{stream: '', stale_after: 1m}]",
                "22: overrides[0].stream: empty; a name or a pattern such as \"orders:*\" is meant"
            ),
            (
                "overrides: [{stream: [a], stale_after: 1m}]",
                "22: overrides[0].stream: a list, where a name or a pattern such as \"orders:*\" is meant"
            ),
        ])
    func shapes(yaml: String, expected: String) {
        #expect(Loading(Self.target + yaml).complaints() == ["weir.yaml:2:" + expected])
    }

    @Test("A window shorter than three polls is refused, wherever the interval is given")
    func shortWindow() throws {
        let short = "is shorter than three polls take (poll.interval); a window of 30s or more is meant"
        let health = "health: {window: 29999ms}\noverrides: [{group: a, window: 10s}, {group: b, window: 30s}]\n"
        let expected = [
            "weir.yaml:2:18: health.window: 29s999ms \(short)", "weir.yaml:3:32: overrides[0].window: 10s \(short)",
        ]
        #expect(Loading(Self.target + health + "poll: {interval: 10s}").complaints() == expected)
        #expect(Loading(Self.target + health, flags: SettingsFlags(interval: "10s")).complaints() == expected)
        #expect(Loading(Self.target + health, environment: ["WEIR_INTERVAL": "10s"]).complaints() == expected)
        #expect(Loading(Self.target + health, flags: SettingsFlags(interval: "1s")).complaints() == [])
        let errors = #expect(throws: SettingsErrors.self) {
            try Loading(Self.target + health + "poll: {interval: 10s}").check()
        }
        #expect(errors?.problems.map(\.description) == expected)
    }

    @Test("A window that is not given has room for three polls")
    func windowOfSlowPolls() throws {
        #expect(try thresholds("poll: {interval: 1m}").windowMilliseconds == 180_000)
        #expect(try thresholds("poll: {interval: 20s}").windowMilliseconds == 60_000)
        let other = try thresholds("poll: {interval: 1m}\noverrides: [{stream: s, stale_after: 1h}]")
        #expect(other.windowMilliseconds == 180_000)
    }
}
