import Remediation
import Settings
import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("The least ACL")
struct AccessListTests {
    private static let reading =
        "+info +time +scan +type +xlen +xinfo|stream +xinfo|groups +xinfo|consumers +xpending +xrange +memory|usage +pttl "
        + "+client|setname"

    private func target(_ streams: [Glob] = [Glob("*")], database: Int = 0) throws -> TargetSettings {
        let flags = SettingsFlags(redis: ["redis://h/\(database)"])
        var target = try #require(try Settings.load(flags: flags, environment: [:]).targets.first)
        target.name = "orders"
        target.streams = streams
        return target
    }

    private func policy(_ action: RemediationAction, _ mode: RemediationMode? = nil) -> RemediationPolicy {
        RemediationPolicy(
            name: "p", mode: mode, stream: Glob("*"), group: Glob("*"), action: action, minIdleMilliseconds: 1000)
    }

    private func command(_ streams: [Glob], _ policies: [RemediationPolicy] = []) throws -> String {
        var settings = RemediationSettings()
        settings.mode = .act
        settings.policies = policies
        return AccessList(for: try target(streams), settings).command
    }

    @Test("reads every key where nothing else is said")
    func usual() throws {
        #expect(
            AccessList(for: try target(), RemediationSettings()).command
                == "ACL SETUSER weir on >CHANGE-ME ~* -@all \(Self.reading)")
    }

    @Test("is the one that README.md shows")
    func readme() throws {
        let page = String(decoding: try ProjectFile.read(ProjectFile.path("README.md")), as: UTF8.self)
        #expect(page.contains(AccessList(for: try target(), RemediationSettings()).command))
    }

    @Test("takes SCAN only for patterns, and SELECT only for another database")
    func scan() throws {
        let named = AccessList(for: try target([Glob("orders")]), RemediationSettings()).command
        #expect(named == "ACL SETUSER weir on >CHANGE-ME ~orders -@all \(Self.reading.replacing(" +scan", with: ""))")
        let other = AccessList(for: try target(database: 2), RemediationSettings()).command
        #expect(other.hasSuffix(" +select +client|setname"))
    }

    @Test(
        "has the keys of the streams, as redis-cli takes them",
        arguments: [
            (["orders", "billing:*"], "~orders ~billing:*"),
            (["a*", "a*", "b"], "~a* ~b"),
            (["a*", "*", "b"], "~*"),
            (["h?l[a-c]o", "{t}:*"], "~h?l[a-c]o ~{t}:*"),
            (["my stream", "my\\ other*"], "~my?stream ~my?other*"),
            (["[ab]c d[ e]f\tg\u{0}h", "[]a"], "~[ab]c?d?f?g?h ~[]a"),
            (["it's", "say\"so\"", "back\\\\slash"], "\"~it's\" \"~say\\\"so\\\"\" \"~back\\\\\\\\slash\""),
            (["naïve", "a\\"], "\"~na\\xc3\\xafve\" \"~a\\\\\""),
            (["#", "a;b|c>d"], "~# ~a;b|c>d"),
        ])
    func keys(streams: [String], expected: String) throws {
        #expect(
            try command(streams.map { Glob($0) }).hasPrefix("ACL SETUSER weir on >CHANGE-ME \(expected) -@all +info "))
    }

    @Test(
        "has what the configured actions need",
        arguments: [
            ([(.claim(to: Name("c"), rereadsOwnPEL: true), nil)], "", " +xautoclaim"),
            ([(.claim(to: Name("c"), rereadsOwnPEL: true), .dryRun)], "", " +command|info"),
            ([(.requeue(to: nil), nil)], "", " +evalsha +eval +xack +xadd"),
            ([(.requeue(to: Name("retry *")), nil)], " ~retry?\\*", " +evalsha +eval +xack +xadd"),
            ([(.requeue(to: Name("retry")), .dryRun)], " ~retry", ""),
            ([(.requeue(to: Name("retry")), .off)], "", ""),
            ([(.deadLetter(to: Name("dead"), afterDeliveries: 5), nil)], " ~dead", " +evalsha +eval +xack +xadd"),
            ([(.forgetConsumer, nil)], "", " +evalsha +eval +xgroup|delconsumer"),
            (
                [
                    (.forgetConsumer, nil), (.deadLetter(to: Name("o"), afterDeliveries: 5), nil),
                    (.requeue(to: nil), nil),
                ],
                "", " +evalsha +eval +xgroup|delconsumer +xack +xadd"
            ),
        ] as [([(RemediationAction, RemediationMode?)], String, String)])
    func actions(actions: [(RemediationAction, RemediationMode?)], keys: String, commands: String) throws {
        let policies = actions.map { policy($0.0, $0.1) }
        let keys = keys.contains("\\") ? " \"\(keys.dropFirst().replacing("\\", with: "\\\\"))\"" : keys
        let reading = Self.reading.replacing(" +scan", with: "")
        #expect(
            try command([Glob("o")], policies) == "ACL SETUSER weir on >CHANGE-ME ~o\(keys) -@all \(reading)\(commands)"
        )
    }

    @Test("leaves out policies for other targets, and those above the ceiling act no further than that")
    func scope() throws {
        var settings = RemediationSettings()
        settings.mode = .dryRun
        var other = policy(.forgetConsumer)
        other.target = Glob("b*")
        settings.policies = [policy(.requeue(to: nil), .act), other]
        let list = AccessList(for: try target(), settings)
        #expect(list.command.hasSuffix(" \(Self.reading)"))
        #expect(
            list.remediation.last
                == "forget_consumer is not configured here. It would need +evalsha +eval +xgroup|delconsumer.")
    }

    @Test("says what else the actions would need")
    func remediation() throws {
        var settings = RemediationSettings()
        settings.mode = .act
        settings.policies = [
            policy(.claim(to: Name("c"), rereadsOwnPEL: true)), policy(.requeue(to: nil), .dryRun),
            policy(.forgetConsumer, .off),
        ]
        #expect(
            AccessList(for: try target(), settings).remediation == [
                "claim (p): +xautoclaim. Without that the server refuses, and nothing is changed.",
                "requeue (p) is in dry-run and only reads. To act it needs +evalsha +eval +xack +xadd, and the key of a "
                    + "to_stream.",
                "dead_letter is not configured here. It would need +evalsha +eval +xack +xadd, and the key of a to_stream.",
                "forget_consumer is not configured here. It would need +evalsha +eval +xgroup|delconsumer.",
            ])
    }

    @Test("is printed for each target, the first one's in the first line, all else as comments")
    func text() throws {
        var settings = Settings(targets: [try target(), try target([Glob("b*")])])
        settings.targets[1].name = "billing"
        let lines = AccessListText.lines(for: settings)
        let commands = lines.filter { !$0.hasPrefix("#") && !$0.isEmpty }
        #expect(commands == settings.targets.map { AccessList(for: $0, RemediationSettings()).command })
        #expect(lines.first == commands.first)
        #expect(lines.dropFirst().first == "# That is for the target orders.")
        #expect(lines.firstIndex(of: "# The target billing:").map { lines[$0 + 1] } == commands.last)
        for right in AccessRight.reading {
            for command in right.commands {
                #expect(lines.contains { $0.hasPrefix("#") && $0.contains("+\(command)") }, "\(command)")
            }
        }
    }
}
