import Settings
import StreamModel
import Testing

@Suite("Streams that are one together")
struct LogicalStreamSettingsTests {
    private static let target = "targets:\n  - url: redis://h\n    streams: "

    private func logical(_ match: String, _ name: String) -> LogicalStream {
        LogicalStream(match: Glob(match), name: Name(name))
    }

    @Test("are watched in their place among the others, and have their name")
    func read() throws {
        let target = try Loading(
            """
            targets:
              - url: redis://h
                streams:
                  - orders
                  - {match: "shard:*", as: shards}
                  - match: 'tail:?'
                    as: "the tail"
                  - billing:*
                  - {match: "old:*", as: shards}
                  - {as: 7, match: 42}
            """
        ).load().targets.first
        #expect(
            target?.streams == [
                Glob("orders"), Glob("shard:*"), Glob("tail:?"), Glob("billing:*"), Glob("old:*"), Glob("42"),
            ])
        #expect(
            target?.logicalStreams == [
                logical("shard:*", "shards"), logical("tail:?", "the tail"), logical("old:*", "shards"),
                logical("42", "7"),
            ])
    }

    @Test("are none where only patterns are given, or nothing", arguments: ["[a, 'b:*']", "['*']"])
    func none(streams: String) throws {
        #expect(try Loading(Self.target + streams).load().targets.map(\.logicalStreams) == [[]])
        #expect(try Loading("targets: [{url: 'redis://h'}]").load().targets.map(\.logicalStreams) == [[]])
    }

    @Test("may be shared by targets through an alias")
    func aliases() throws {
        let settings = try Loading(
            "targets: [{url: 'redis://a', streams: [&s {match: 'x*', as: x}]}, {url: 'redis://b', streams: [y, *s]}]"
        ).load()
        #expect(settings.targets.map(\.streams) == [[Glob("x*")], [Glob("y"), Glob("x*")]])
        #expect(settings.targets.map(\.logicalStreams) == [[logical("x*", "x")], [logical("x*", "x")]])
    }

    @Test("give way to --stream and to its variable, of every target")
    func replaced() throws {
        let yaml = "targets: [{url: 'redis://a', streams: [{match: 'x*', as: x}]}, {url: 'redis://b', streams: [c]}]"
        for loading in [
            Loading(yaml, flags: SettingsFlags(stream: ["z", "x*"])),
            Loading(yaml, environment: ["WEIR_STREAM": "z,x*"]),
        ] {
            let targets = try loading.load().targets
            #expect(targets.map(\.streams) == [[Glob("z"), Glob("x*")], [Glob("z"), Glob("x*")]])
            #expect(targets.map(\.logicalStreams) == [[], []])
        }
    }

    private static let pointless =
        "nothing but match; as is the name of what it matches together, as in {match: \"shard:*\", as: shards}, "
        + "max_silence how long nothing may be added (a pattern alone is written as a text)"
    private static let pattern = "a name or a pattern such as \"orders:*\""

    @Test(
        "that are written wrong are refused",
        arguments: [
            ("[{match: 'a:*'}]", ["15: targets[0].streams[0]: \(pointless)"]),
            ("[{as: a}]", ["15: targets[0].streams[0].match: missing; \(pattern) is meant"]),
            ("[{}]", ["15: targets[0].streams[0].match: missing; \(pattern) is meant"]),
            ("[{match: , as: a}]", ["23: targets[0].streams[0].match: empty; \(pattern) is meant"]),
            ("[{match: '', as: a}]", ["23: targets[0].streams[0].match: empty; \(pattern) is meant"]),
            ("[{match: [a], as: a}]", ["23: targets[0].streams[0].match: a list, where \(pattern) is meant"]),
            ("[{match: {a: b}, as: a}]", ["23: targets[0].streams[0].match: a mapping, where \(pattern) is meant"]),
            ("[{match: a, as: ''}]", ["30: targets[0].streams[0].as: empty; a text is meant"]),
            ("[{match: a, as: ~}]", ["30: targets[0].streams[0].as: empty; a text is meant"]),
            ("[{match: a, as: [b]}]", ["30: targets[0].streams[0].as: a list, where a text is meant"]),
            ("[{match: a, as: \"b\\tc\"}]", ["30: targets[0].streams[0].as: a control character is in it"]),
            ("[{match: a, az: b}]", ["26: targets[0].streams[0].az: unknown key; did you mean as?"]),
            (
                "[{mach: a, as: b}]",
                [
                    "15: targets[0].streams[0].match: missing; \(pattern) is meant",
                    "16: targets[0].streams[0].mach: unknown key; did you mean match?",
                ]
            ),
            (
                "[{match: a, as: b, name: c}]",
                ["33: targets[0].streams[0].name: unknown key; known are match, as, max_silence"]
            ),
            ("[{match: a, as: b, as: c}]", ["33: targets[0].streams[0].as: given twice, first in line 3"]),
            (
                "[{match: a, max_silence: 999ms}]",
                [
                    "39: targets[0].streams[0].max_silence: \"999ms\" is out of range: 1s to 365d, such as 10m"
                ]
            ),
            (
                "[{match: a, max_silence: 366d}]",
                ["39: targets[0].streams[0].max_silence: \"366d\" is out of range: 1s to 365d, such as 10m"]
            ),
            ("[{match: a, as: b, max_silence: 10}]", ["46: targets[0].streams[0].max_silence: 10 has no unit: 10s?"]),
            (
                "[{max_silence: 10m}]",
                ["15: targets[0].streams[0].match: missing; \(pattern) is meant"]
            ),
            ("[a, {match: a, as: b}]", ["26: targets[0].streams[1].match: \"a\" is given twice"]),
            ("[{match: a, as: b}, c, a]", ["37: targets[0].streams[2]: \"a\" is given twice"]),
            (
                "[{match: a, as: b}, {match: a, as: c}]",
                ["42: targets[0].streams[1].match: \"a\" is given twice"]
            ),
            (
                "[[a], {match: b, as: }]",
                [
                    "15: targets[0].streams[0]: a list, where \(pattern) is meant",
                    "35: targets[0].streams[1].as: empty; a text is meant",
                ]
            ),
            (
                "{match: a, as: b}",
                [
                    "14: targets[0].streams: a mapping, where a list of names or patterns such as "
                        + "[\"orders\", \"billing:*\"] is meant"
                ]
            ),
        ] as [(String, [String])])
    func refused(streams: String, expected: [String]) {
        #expect(Loading(Self.target + streams).complaints() == expected.map { "weir.yaml:3:" + $0 })
    }
}
