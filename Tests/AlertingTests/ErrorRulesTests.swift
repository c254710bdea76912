import Alerting
import StreamModel
import Testing

@Suite("Errors that a server answers to its clients")
struct ErrorRulesTests {
    /// The second of a look, and what the server has counted by then.
    private typealias Look = (second: Int64, errors: [String: Int64], text: String)

    private func expect(
        _ looks: [Look], of rule: AlertRule, runs: [Int64: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var target = RuledTarget()
        for look in looks {
            target.snapshot.nodes = [
                RuledTarget.up { node in
                    node.errors = look.errors
                    node.identity = RuledTarget.identity(run: runs[look.second] ?? "a1")
                }
            ]
            #expect(
                target.look(rule, at: look.second).text == look.text, "at \(look.second)",
                sourceLocation: sourceLocation)
        }
    }

    @Test("WritesRefused counts from the first look on, until the counts have stood still for a window")
    func writesRefused() {
        expect(
            [
                (0, ["OOM": 7, "ERR": 1], "clear"), (5, ["OOM": 7, "ERR": 9], "clear"),
                (10, ["OOM": 8, "ERR": 9], "10.0.0.1:6379 refuses writes: OOM once, seen by the last look."),
                (15, ["OOM": 8], "10.0.0.1:6379 refuses writes: OOM once in 5 s, the last of them seen 5 s ago."),
                (
                    20, ["OOM": 12, "MISCONF": 1, "READONLY": 2],
                    "10.0.0.1:6379 refuses writes: MISCONF once, OOM 5 times, READONLY 2 times in 10 s, seen by the last "
                        + "look."
                ),
                (
                    79, ["OOM": 12, "MISCONF": 1, "READONLY": 2],
                    "10.0.0.1:6379 refuses writes: MISCONF once, OOM 5 times, READONLY 2 times in 69 s, the last of them "
                        + "seen 59 s ago."
                ),
                (80, ["OOM": 12, "MISCONF": 1, "READONLY": 2], "clear"),
                (85, ["OOM": 13], "10.0.0.1:6379 refuses writes: OOM once, seen by the last look."),
            ], of: .writesRefused)
    }

    @Test("NoGroupErrors is about NOGROUP alone")
    func noGroup() {
        expect(
            [
                (0, [:], "clear"), (5, ["OOM": 3], "clear"),
                (
                    10, ["NOGROUP": 3],
                    "Clients of 10.0.0.1:6379 ask for groups that are not there: NOGROUP 3 times, seen by the last look."
                ),
            ], of: .noGroupErrors)
    }

    @Test("NoGroupErrors counts until they have stood still for half a window: what is over soon is not told")
    func burst() {
        let text = "Clients of 10.0.0.1:6379 ask for groups that are not there: NOGROUP"
        expect(
            [
                (0, [:], "clear"), (5, ["NOGROUP": 2], "\(text) 2 times, seen by the last look."),
                (10, ["NOGROUP": 3], "\(text) 3 times in 5 s, seen by the last look."),
                (39, ["NOGROUP": 3], "\(text) 3 times in 34 s, the last of them seen 29 s ago."),
                (40, ["NOGROUP": 3], "clear"),
                (45, ["NOGROUP": 4], "\(text) once, seen by the last look."),
            ], of: .noGroupErrors)
    }

    @Test("Counting begins anew on another run of the server, and where a count fell")
    func anew() {
        expect(
            [(0, ["OOM": 1], "clear"), (5, ["OOM": 9], "clear"), (10, ["OOM": 9], "clear")],
            of: .writesRefused, runs: [5: "b2", 10: "b2"])
        expect([(0, ["OOM": 9], "clear"), (5, ["OOM": 1], "clear"), (10, ["OOM": 1], "clear")], of: .writesRefused)
    }

    @Test("What grew while the server could not be sampled is seen afterwards")
    func gap() {
        var target = RuledTarget()
        _ = target.look(.writesRefused)
        target.snapshot.nodes = [RuledTarget.down("gone")]
        #expect(target.look(.writesRefused, at: 5).text == "unknown")
        target.snapshot.nodes = [RuledTarget.up { $0.errors = ["READONLY": 1] }]
        #expect(
            target.look(.writesRefused, at: 10).text
                == "10.0.0.1:6379 refuses writes: READONLY once, seen by the last look.")
    }

    @Test(
        "Servers before 6.2 do not count, and later ones need not have counted yet",
        arguments: [
            (ServerVersion(6, 0, 20), "unknown"), (ServerVersion(6, 2, 0), "clear"), (nil, "unknown"),
        ] as [(ServerVersion?, String)])
    func versions(version: ServerVersion?, text: String) {
        var target = RuledTarget()
        target.snapshot.nodes = [
            RuledTarget.up { $0.identity = version.map { RuledTarget.identity(run: "a1", $0) } }
        ]
        for rule in [AlertRule.writesRefused, .noGroupErrors] { #expect(target.look(rule).text == text) }
    }
}
