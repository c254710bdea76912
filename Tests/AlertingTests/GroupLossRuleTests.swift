import StreamModel
import Testing

@testable import Alerting

@Suite("Entries that a group will never be given")
struct GroupLossRuleTests {
    private func look(lost: Int64? = 0, skipped: Int64? = 0) -> TargetSnapshot {
        .shop(
            group: .shippers {
                $0.entriesLost = lost
                $0.entriesSkipped = skipped
            })
    }

    @Test("are news for a window after the last of them, and of one episode")
    func episode() throws {
        var bench = RuleBench()
        #expect(bench.outcome(.entriesLost, on: look()) == .clear)
        let first = try bench.finding(.entriesLost, on: look(lost: 40), at: 5)
        #expect(
            first.what
                == "Group shippers of stream orders has lost 40 entries, removed from the stream before they were "
                + "given to the group or acknowledged by it. The stream holds 1000 entries, the oldest 10 min old.")
        #expect(first.command == "XINFO GROUPS orders")
        #expect(try bench.finding(.entriesLost, on: look(lost: 41), at: 50).what.contains("has lost 41 entries"))
        #expect(bench.outcome(.entriesLost, on: look(lost: 41), at: 109) == .fires)
        #expect(bench.outcome(.entriesLost, on: look(lost: 41), at: 110) == .clear)
        let second = try bench.finding(.entriesLost, on: look(lost: 42), at: 200)
        #expect(
            second.what.hasPrefix(
                "Group shippers of stream orders has lost 1 entry, removed from the stream before it was given to the group "
                    + "or acknowledged by it (42 since weir first saw the group)."))
    }

    @Test("are no news if they were lost before weir looked for the first time, but are of a group that comes later")
    func baselines() {
        var bench = RuleBench()
        #expect(bench.outcome(.entriesLost, on: look(lost: 40)) == .clear)
        #expect(bench.outcome(.entriesLost, on: look(lost: 40), at: 5) == .clear)
        #expect(bench.outcome(.entriesLost, on: look(lost: 41), at: 10) == .fires)

        var later = RuleBench()
        #expect(later.outcome(.entriesLost, on: .shop([.orders()])) == .gone(.groupGone))
        #expect(later.outcome(.entriesLost, on: look(lost: 3), at: 5) == .fires)
    }

    @Test("are counted from 0 again in a group that was made anew, but not where a look only misses it")
    func forgetting() {
        var bench = RuleBench()
        #expect(bench.outcome(.entriesLost, on: look()) == .clear)
        #expect(bench.outcome(.entriesLost, on: look(lost: 40), at: 5) == .fires)
        let gap = TargetSnapshot.shop([.failed(.noPermission(command: "XINFO"))])
        #expect(bench.outcome(.entriesLost, on: gap, at: 10) == .unknown)
        #expect(bench.outcome(.entriesLost, on: .shop([]) { $0.hasLookedEverywhere = false }, at: 15) == .unknown)
        #expect(bench.outcome(.entriesLost, on: look(lost: 40), at: 100) == .clear)
        #expect(bench.outcome(.entriesLost, on: .shop([.orders()]), at: 105) == .gone(.groupGone))
        #expect(bench.outcome(.entriesLost, on: look(lost: 40), at: 110) == .fires)
    }

    @Test("are not news when a sum falls, and are when it grows again")
    func fallingSum() throws {
        var bench = RuleBench()
        #expect(bench.outcome(.entriesLost, on: look(lost: 40)) == .clear)
        #expect(bench.outcome(.entriesLost, on: look(lost: 10), at: 5) == .clear)
        #expect(try bench.finding(.entriesLost, on: look(lost: 12), at: 10).what.contains("has lost 2 entries"))
    }

    @Test("of an episode stay as many when a sum falls meanwhile")
    func fallingEpisode() throws {
        var bench = RuleBench()
        #expect(bench.outcome(.entriesLost, on: look(lost: 40)) == .clear)
        #expect(bench.outcome(.entriesLost, on: look(lost: 50), at: 5) == .fires)
        #expect(try bench.finding(.entriesLost, on: look(lost: 30), at: 10).what.contains("has lost 10 entries"))
        #expect(try bench.finding(.entriesLost, on: look(lost: 31), at: 15).what.contains("has lost 11 entries"))
    }

    @Test("stay news for no longer than a window when the clock is set back")
    func clockSetBack() {
        var bench = RuleBench()
        #expect(bench.outcome(.entriesLost, on: look(), at: 10_000) == .clear)
        #expect(bench.outcome(.entriesLost, on: look(lost: 1), at: 10_005) == .fires)
        #expect(bench.outcome(.entriesLost, on: look(lost: 1), at: 0) == .fires)
        #expect(bench.outcome(.entriesLost, on: look(lost: 1), at: 60) == .clear)
    }

    @Test("are not known of several streams, not all of which were sampled")
    func partial() {
        var bench = RuleBench()
        #expect(bench.outcome(.entriesLost, on: look(lost: nil, skipped: nil)) == .unknown)
        #expect(bench.outcome(.entriesSkipped, on: look(lost: nil, skipped: nil)) == .unknown)
    }

    @Test("were skipped where its place was moved, with the command that moves it back")
    func skipped() throws {
        var bench = RuleBench()
        #expect(bench.outcome(.entriesSkipped, on: look()) == .clear)
        func event(_ kind: StreamEvent.Kind, _ restore: String, group: String = "shippers") -> StreamEvent {
            StreamEvent(
                kind: kind, at: .second(5), stream: Name("orders"), group: Name(group), entries: 7, restore: restore)
        }
        var snapshot = look(skipped: 7)
        snapshot.events = [
            event(.skipped, "older"), event(.skipped, "XGROUP SETID orders shippers 5-0"),
            event(.skipped, "another's", group: "packers"), event(.rewound, "another kind's"),
        ]
        let finding = try bench.finding(.entriesSkipped, on: snapshot, at: 5)
        #expect(
            finding.what
                == "The place of group shippers of stream orders was moved forward over 7 entries that nobody had read."
        )
        #expect(finding.details == ["restore": "XGROUP SETID orders shippers 5-0"])
        #expect(bench.outcome(.entriesLost, on: snapshot, at: 5) == .clear)
        #expect(bench.outcome(.entriesSkipped, on: look(skipped: 7), at: 65) == .clear)
    }
}
