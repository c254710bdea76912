import Remediation
import Settings
import StreamModel
import Testing

@Suite("The remediation section")
struct RemediationSectionTests {
    private static let head = """
        targets: [{url: 'redis://h'}]
        channels: [{name: ops, type: webhook, url: 'http://h'}, {name: chat, type: webhook, url: 'http://h'}]
        state_dir: /var/lib/weir

        """

    private func remediation(_ yaml: String) throws -> RemediationSettings {
        try Loading(Self.head + yaml).load().remediation
    }

    @Test(
        "leaves everything to the defaults where nothing is said",
        arguments: ["", "remediation:", "remediation: {}", "remediation: {policies: [], storm: }"])
    func defaults(yaml: String) throws {
        #expect(try remediation(yaml) == RemediationSettings())
        #expect(RemediationSettings().mode == .off)
    }

    @Test("is read as a whole")
    func example() throws {
        let read = try remediation(
            """
            remediation:
              mode: off
              entries_per_cycle: 100
              entries_per_hour: 10000
              cooldown: 0s
              storm: {share: 0.5, at_least: 5}
              policies:
                - {name: rescue, stream: orders, group: shippers, action: claim, to: shipper-rescue, rereads_own_pel: true, min_idle: 10m}
                - {name: dead, mode: dry-run, stream: orders, group: "*", action: dead_letter, after_deliveries: 5, min_idle: 10m, to_stream: "{orders}:dead", max_entries: {per_cycle: 50, per_hour: 500}}
            """)
        var expected = RemediationSettings()
        let rescue = RemediationPolicy(
            name: "rescue", stream: Glob("orders"), group: Glob("shippers"),
            action: .claim(to: Name("shipper-rescue"), rereadsOwnPEL: true), minIdleMilliseconds: 600_000)
        var dead = RemediationPolicy(
            name: "dead", mode: .dryRun, stream: Glob("orders"), group: Glob("*"),
            action: .deadLetter(to: Name("{orders}:dead"), afterDeliveries: 5), minIdleMilliseconds: 600_000)
        dead.limits = EntryLimits(perCycle: 50, perHour: 500)
        expected.policies = [rescue, dead]
        #expect(read == expected)
    }

    @Test("takes every value")
    func values() throws {
        let read = try remediation(
            """
            remediation:
              mode: act
              entries_per_cycle: 100000
              entries_per_hour: 1
              cooldown: 5m
              storm: {share: 20%, at_least: 1}
              policies:
                - {name: a, target: "eu-*", stream: "o*", group: g, action: requeue, min_idle: 1ms, to_stream: retry,
                   notify: [chat, ops], mode: act, max_entries: {per_hour: 7}}
                - {name: b, mode: off, stream: s, group: g, action: forget_consumer}
                - {name: b.0_-, mode: false, stream: s, group: g, action: forget_consumer, min_idle: 365d, max_entries: }
                - {name: c, stream: s, group: g, action: claim, to: 1, min_idle: 1s}
                - {name: d, stream: s, group: g, action: requeue, min_idle: 1s, to_stream: s}
                - {name: e, stream: "s*", group: g, action: dead_letter, after_deliveries: 1, min_idle: 1s, to_stream: "s*"}
            """)
        var expected = RemediationSettings()
        expected.mode = .act
        expected.limits = EntryLimits(perCycle: 100_000, perHour: 1)
        expected.cooldownMilliseconds = 300_000
        expected.storm.share = 0.2
        expected.storm.atLeast = 1
        func policy(
            _ name: String, _ action: RemediationAction, idle: Int64, stream: String = "s",
            _ change: (inout RemediationPolicy) -> Void = { _ in }
        ) {
            var policy = RemediationPolicy(
                name: name, stream: Glob(stream), group: Glob("g"), action: action, minIdleMilliseconds: idle)
            change(&policy)
            expected.policies.append(policy)
        }
        policy("a", .requeue(to: Name("retry")), idle: 1, stream: "o*") {
            $0.mode = .act
            $0.target = Glob("eu-*")
            $0.limits.perHour = 7
            $0.notify = ["chat", "ops"]
        }
        policy("b", .forgetConsumer, idle: 0) { $0.mode = .off }
        policy("b.0_-", .forgetConsumer, idle: 31_536_000_000) { $0.mode = .off }
        policy("c", .claim(to: Name("1"), rereadsOwnPEL: false), idle: 1000)
        policy("d", .requeue(to: nil), idle: 1000)
        policy("e", .deadLetter(to: Name("s*"), afterDeliveries: 1), idle: 1000, stream: "s*")
        #expect(read == expected)
    }

    @Test(
        "takes each mode",
        arguments: [("off", .off), ("false", .off), ("'off'", .off), ("dry-run", .dryRun), ("act", .act)]
            as [(String, RemediationMode)])
    func modes(word: String, mode: RemediationMode) throws {
        #expect(try remediation("remediation: {mode: \(word)}").mode == mode)
    }

    private static let noMode = "is not one of off, dry-run, act"

    @Test(
        "that is wrong is refused",
        arguments: [
            ("mode: true", ["19: mode: \"true\" \(noMode)"]),
            ("mode: no", ["19: mode: \"no\" \(noMode)"]),
            ("mode: dry_run", ["19: mode: \"dry_run\" \(noMode); did you mean dry-run?"]),
            ("mode: ", ["19: mode: empty; one of off, dry-run, act is meant"]),
            ("mod: act", ["13: mod: unknown key; did you mean mode?"]),
            ("entries_per_cycle: 0", ["32: entries_per_cycle: \"0\" is out of range: 1 to 100000, such as 100"]),
            (
                "entries_per_cycle: 100001",
                ["32: entries_per_cycle: \"100001\" is out of range: 1 to 100000, such as 100"]
            ),
            (
                "entries_per_hour: 10000001",
                ["31: entries_per_hour: \"10000001\" is out of range: 1 to 10000000, such as 10000"]
            ),
            ("cooldown: 5", ["23: cooldown: 5 has no unit: 5s?"]),
            ("cooldown: 31d", ["23: cooldown: \"31d\" is out of range: 0s to 30d, such as 5m"]),
            (
                "storm: {share: 0, at_least: 0, atleast: 1}",
                [
                    "28: storm.share: \"0\" is out of range: above 0% to 100%, such as 2% or 0.02",
                    "41: storm.at_least: \"0\" is out of range: 1 to 1000000, such as 5",
                    "44: storm.atleast: unknown key; did you mean at_least?",
                ]
            ),
            ("storm: 50%", ["20: storm: a single value, where a mapping (key: value) is meant"]),
            (
                "policies: rescue",
                [
                    "23: policies: a single value, where a list such as [{name: rescue, stream: orders, group: shippers, "
                        + "action: requeue, min_idle: 10m}] is meant"
                ]
            ),
            (
                "policies: [rescue]",
                [
                    "24: policies[0]: a single value, where a mapping such as {name: rescue, stream: orders, "
                        + "group: shippers, action: requeue, min_idle: 10m} is meant"
                ]
            ),
        ] as [(String, [String])])
    func refused(yaml: String, expected: [String]) {
        let lines = Loading(Self.head + "remediation: {\(yaml)}").complaints()
        // The column is counted from the first key on.
        #expect(
            lines
                == expected.map { line in
                    let colon = line.firstIndex(of: ":") ?? line.startIndex
                    let column = (Int(line[..<colon]) ?? 0) + 2
                    return "weir.yaml:4:\(column): remediation.\(line[colon...].dropFirst(2))"
                })
    }

    private static let places = "name: a, stream: s, group: g"

    @Test(
        "has policies, of which each is told of all that is wrong with it",
        arguments: [
            (
                "{}",
                [
                    "name: missing; a name such as rescue is meant",
                    "stream: missing; a name or a pattern such as \"orders:*\" is meant",
                    "group: missing; a name or a pattern such as \"orders:*\" is meant",
                    "action: missing; one of claim, requeue, dead_letter, forget_consumer is meant",
                ]
            ),
            (
                "{name: 'a b', stream: [s], group: '', action: delete, mode: on, target: [], min_idle: 5, to: [], "
                    + "rereads_own_pel: yes, after_deliveries: 0, to_stream: {}, max_entries: {per_cycle: 0, per_hour: x}, "
                    + "notify: [opps]}",
                [
                    "name: \"a b\" is not a name for a policy: at most 64 letters, digits, dots, _ and -, such as rescue",
                    "stream: a list, where a name or a pattern such as \"orders:*\" is meant",
                    "group: empty; a name or a pattern such as \"orders:*\" is meant",
                    "action: \"delete\" is not one of claim, requeue, dead_letter, forget_consumer",
                    "mode: \"on\" \(noMode)",
                    "target: a list, where a name or a pattern such as \"orders:*\" is meant",
                    "min_idle: 5 has no unit: 5s?",
                    "to: a list, where the name of a consumer such as shipper-rescue is meant",
                    "rereads_own_pel: \"yes\" is not true or false; yes, no, on and off are only words here",
                    "after_deliveries: \"0\" is out of range: 1 to 1000000000, such as 5",
                    "to_stream: a mapping, where the name of a stream such as orders is meant",
                    "max_entries.per_cycle: \"0\" is out of range: 1 to 100000, such as 100",
                    "max_entries.per_hour: \"x\" is not a whole number such as 100",
                    "notify[0]: \"opps\" is not a channel; did you mean ops?",
                ]
            ),
            (
                "{\(places), action: claim}",
                [
                    "to: missing; the name of a consumer such as shipper-rescue is meant",
                    "min_idle: missing; a duration such as 5s or 1m30s is meant",
                ]
            ),
            (
                "{\(places), action: claim, to: c, min_idle: 0s, to_stream: t, after_deliveries: 5}",
                [
                    "min_idle: \"0s\" is out of range: 1ms to 365d, such as 10m",
                    "to_stream: for action requeue, dead_letter; the action here is claim",
                    "after_deliveries: for action dead_letter; the action here is claim",
                ]
            ),
            ("{\(places), action: requeue}", ["min_idle: missing; a duration such as 5s or 1m30s is meant"]),
            (
                "{\(places), action: requeue, min_idle: 366d, to: c, rereads_own_pel: true}",
                [
                    "min_idle: \"366d\" is out of range: 1ms to 365d, such as 10m",
                    "to: for action claim; the action here is requeue",
                    "rereads_own_pel: for action claim; the action here is requeue",
                ]
            ),
            (
                "{\(places), action: dead_letter}",
                [
                    "after_deliveries: missing; a whole number such as 100 is meant",
                    "to_stream: missing; the name of a stream such as orders is meant",
                    "min_idle: missing; a duration such as 5s or 1m30s is meant",
                ]
            ),
            (
                "{\(places), action: dead_letter, min_idle: 1s, after_deliveries: 5, to_stream: s}",
                [
                    "to_stream: the policy's own stream, whose dead letters would be dead letters again, for ever; "
                        + "another one is meant"
                ]
            ),
            (
                "{\(places), action: forget_consumer, to_stream: t, min_idle: 366d, colour: red, min_idel: 1s}",
                [
                    "to_stream: for action requeue, dead_letter; the action here is forget_consumer",
                    "min_idle: \"366d\" is out of range: 0s to 365d, such as 10m",
                    "colour: unknown key; known are name, mode, target, stream, group, action, to, rereads_own_pel, "
                        + "min_idle, after_deliveries, to_stream, max_entries, notify",
                    "min_idel: unknown key; did you mean min_idle?",
                ]
            ),
            (
                "{\(places), action: claimed, min_idle: 1s}",
                [
                    "action: \"claimed\" is not one of claim, requeue, dead_letter, forget_consumer"
                ]
            ),
            (
                "{\(places), action: forget_consumer, max_entries: 5}",
                [
                    "max_entries: a single value, where a mapping (key: value) is meant"
                ]
            ),
            ("{\(places), action: forget_consumer, notify: [ops, ops]}", ["notify[1]: \"ops\" is given twice"]),
        ] as [(String, [String])])
    func policies(yaml: String, expected: [String]) {
        let good = "{name: z, stream: s, group: g, action: forget_consumer}"
        let lines = Loading(Self.head + "remediation:\n  policies:\n    - \(good)\n    - \(yaml)\n").complaints()
        let start = "remediation.policies[1]."
        let told = lines.map { line in line.firstRange(of: start).map { String(line[$0.upperBound...]) } ?? line }
        #expect(Set(told) == Set(expected))
        #expect(lines.count == expected.count)
        #expect(lines.allSatisfy { $0.hasPrefix("weir.yaml:7:") })
    }

    @Test("tells policies apart by their names")
    func names() {
        let policy = "action: forget_consumer, stream: s, group: g"
        #expect(
            Loading(
                Self.head
                    + "remediation: {policies: [{name: a, \(policy)}, {name: b, \(policy)}, {name: a, \(policy), x: y}]}"
            ).complaints() == [
                "weir.yaml:4:147: remediation.policies[2].name: two policies are named \"a\"; give each its own name",
                "weir.yaml:4:196: remediation.policies[2].x: unknown key; known are name, mode, target, stream, group, "
                    + "action, to, rereads_own_pel, min_idle, after_deliveries, to_stream, max_entries, notify",
            ])
    }

    @Test("misses no channel whose name is wrong itself")
    func wrongChannels() {
        let complaints = Loading(
            "targets: [{url: 'redis://h'}]\nremediation: {policies: [{name: a, stream: s, group: g, "
                + "action: forget_consumer, notify: [ops]}]}\nchannels: [{nam: ops}]"
        ).complaints()
        #expect(!complaints.isEmpty)
        #expect(complaints.allSatisfy { $0.hasPrefix("weir.yaml:3:") })
    }

    private static let forget = "stream: s, group: g, action: forget_consumer"
    private static let claim = "stream: s, group: g, action: claim, to: c, min_idle: 1s"
    private static let undeclared =
        "remediation.policies[0].rereads_own_pel: \"c\" is not declared to read its own pending entries: every claim "
        + "will be refused, as entries would be stranded there; true says that it does"

    @Test(
        "is warned of where it is unwise",
        arguments: [
            ("{mode: act, policies: [{name: a, \(forget)}]}", []),
            ("{mode: act, policies: [{name: a, \(forget), mode: dry-run}, {name: b, \(forget), mode: off}]}", []),
            ("{mode: act, policies: [{name: a, \(claim), rereads_own_pel: true}]}", []),
            ("{mode: act, policies: [{name: a, \(claim)}]}", ["37: \(undeclared)"]),
            ("{mode: act, policies: [{name: a, \(claim), rereads_own_pel: false}]}", ["121: \(undeclared)"]),
            (
                "{mode: dry-run, policies: [{name: a, \(forget), mode: act}]}",
                [
                    "103: remediation.policies[0].mode: act is more than remediation.mode, dry-run, which is a ceiling "
                        + "for every policy: dry-run is in force"
                ]
            ),
            (
                "{policies: [{name: a, \(forget), mode: dry-run}]}",
                [
                    "88: remediation.policies[0].mode: dry-run is more than remediation.mode, off, which is a ceiling "
                        + "for every policy: off is in force"
                ]
            ),
        ] as [(String, [String])])
    func warnings(yaml: String, expected: [String]) throws {
        let loading = Loading(Self.head + "remediation: \(yaml)")
        #expect(try loading.load().warnings == expected.map { "weir.yaml:4:\($0)" })
        #expect(try loading.check().warnings == expected.map { "weir.yaml:4:\($0)" })
    }

    @Test(
        "that is about no target or stream that there is does nothing, which is said",
        arguments: [
            (
                "stream: orders, target: ordres",
                "95: remediation.policies[0].target: no target is called so, so that the policy does nothing; there are orders, other"
            ),
            (
                "stream: unwatched",
                "79: remediation.policies[0].stream: no target of the policy watches this stream, so that it does nothing"
            ),
            (
                "stream: a, target: other",
                "79: remediation.policies[0].stream: no target of the policy watches this stream, so that it does nothing"
            ),
            ("stream: a", nil), ("stream: parts, target: 'o*'", nil), ("stream: 'unwatched*'", nil),
        ] as [(String, String?)])
    func idle(policy: String, expected: String?) throws {
        let loading = Loading(
            """
            targets:
              - {url: redis://h, name: orders, streams: [a, orders, {match: "part:*", as: parts}]}
              - {url: redis://i, name: other, streams: [b]}
            remediation: {policies: [{name: p, action: forget_consumer, group: g, \(policy)}]}
            """)
        let warnings = expected.map { ["weir.yaml:4:\($0)"] } ?? []
        #expect(try loading.load().warnings == warnings)
        #expect(try loading.check().warnings == warnings)
    }

    @Test("that acts is warned of where a restart forgets what was moved")
    func forgetful() throws {
        let warning =
            "weir.yaml:2:21: remediation.mode: without state_dir a restart of weir forgets what was moved within the "
            + "hour, and what may be moved starts anew"
        func loading(_ mode: String, _ policy: String) -> Loading {
            Loading("targets: [{url: 'redis://h'}]\nremediation: {mode: \(mode), policies: [\(policy)]}")
        }
        let acting = loading("act", "{name: a, \(Self.forget)}")
        #expect(try acting.load().warnings == [warning])
        #expect(try acting.check().warnings == [warning])
        var kept = acting
        kept.environment["WEIR_STATE_DIR"] = "/var/lib/weir"
        #expect(try kept.load().warnings == [])
        #expect(try loading("dry-run", "{name: a, \(Self.forget)}").load().warnings == [])
        #expect(try loading("act", "{name: a, \(Self.forget), mode: dry-run}").load().warnings == [])
        #expect(try loading("act", "").load().warnings == [])
    }

    @Test(
        "is summed up with how far each policy goes",
        arguments: [
            ("{policies: [{name: a, \(claim)}]}", "remediation off: a (claim)"),
            (
                "{mode: act, policies: [{name: a, \(forget)}, {name: b, \(claim), mode: dry-run}, {name: c, \(claim), mode: off}]}",
                "remediation act: a (forget_consumer), b (claim, dry-run), c (claim, off)"
            ),
            ("{mode: dry-run, policies: [{name: a, \(claim), mode: act}]}", "remediation dry-run: a (claim)"),
            ("{mode: act}", "no remediation"),
        ])
    func summary(yaml: String, expected: String) throws {
        let line = try Loading(Self.head + "remediation: \(yaml)").check().description
        #expect(line.hasSuffix("channels ops, chat; \(expected)"))
    }
}
