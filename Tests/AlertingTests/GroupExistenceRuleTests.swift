import StreamModel
import Testing

@testable import Alerting

@Suite("A group that is not there")
struct GroupExistenceRuleTests {
    private let create = "XGROUP CREATE orders shippers 1800000000000-0"

    private func vanished(_ change: (inout StreamSnapshot) -> Void = { _ in }) -> TargetSnapshot {
        .shop([
            .orders {
                $0.vanishedGroups = [VanishedGroup(name: Name("shippers"), since: .second(-240), restore: create)]
                change(&$0)
            }
        ])
    }

    private func expecting(_ stream: String = "orders", _ group: String = "shippers") -> RuleBench {
        RuleBench { settings in
            settings.targets["shop", default: TargetAlertSettings()].expected = [
                TargetAlertSettings.ExpectedGroup(stream: Name(stream), group: Name(group))
            ]
        }
    }

    @Test("has vanished if it had consumers, and the alert says how to put it back")
    func vanishedWords() throws {
        var bench = RuleBench()
        let finding = try bench.finding(.groupVanished, on: vanished())
        #expect(finding.severity == .critical)
        #expect(finding.what == "Group shippers of stream orders had consumers, and has been gone for 4 min.")
        #expect(finding.command == "XINFO GROUPS orders")
        #expect(finding.details == ["restore": create])
    }

    @Test("is no longer missed when it is back, or when it has been forgotten")
    func vanishedEnds() {
        var bench = RuleBench()
        #expect(bench.outcome(.groupVanished, on: vanished()) == .fires)
        #expect(bench.outcome(.groupVanished, on: .shop(group: .shippers())) == .clear)
        #expect(bench.outcome(.groupVanished, on: .shop([.orders()])) == .clear)
        #expect(bench.outcome(.groupVanished, on: .shop([])) == .gone(.streamGone))
        #expect(bench.outcome(.groupVanished, on: .shop([.failed(.noPermission(command: "XINFO"))])) == .unknown)
    }

    @Test("has no command where its stream is several")
    func vanishedOfLogical() throws {
        var bench = RuleBench()
        #expect(try bench.finding(.groupVanished, on: vanished { $0.members = 2 }).command == nil)
    }

    @Test(
        "is missing if it is expected, and the look shows that it is not there",
        arguments: [
            (.shop([]), .fires),
            (.shop([]) { $0.hasLookedEverywhere = false }, .unknown),
            (.shop([]) { $0.streamsNotSampled = 3 }, .unknown),
            (.shop([]) { $0.error = "streams cannot be found by pattern" }, .unknown),
            (.shop([.failed(.noSuchKey)]) { $0.hasLookedEverywhere = false }, .fires),
            (.shop([.failed(.wrongType)]), .fires),
            (.shop([.failed(.noPermission(command: "XINFO"))]), .unknown),
            (.shop([.partial([])]), .unknown),
            (.shop([.partial([.shippers()])]), .unknown),
            (.shop([.orders()]), .fires),
            (.shop([.orders([.shippers(Name("packers"))])]), .fires),
            (.shop([.orders([.shippers()])]), .clear),
            (.shop([]) { $0.isUp = false }, .unknown),
        ] as [(TargetSnapshot, RuleBench.Outcome)])
    func missing(snapshot: TargetSnapshot, outcome: RuleBench.Outcome) {
        var bench = expecting()
        #expect(bench.outcome(.groupMissing, on: snapshot) == outcome)
    }

    @Test("is not missing as well once it has vanished")
    func vanishedIsNotMissing() {
        var bench = expecting()
        #expect(bench.outcome(.groupMissing, on: vanished()) == .clear)
    }

    @Test("is no longer missing when nobody expects it any more, whatever the target does")
    func notExpected() {
        var bench = RuleBench()
        #expect(bench.outcome(.groupMissing, on: .shop([])) == .gone(.notExpected))
        #expect(bench.outcome(.groupMissing, on: .shop([]) { $0.isUp = false }) == .gone(.notExpected))
    }

    @Test("is missing in words that say what else is missing, and how to make it")
    func missingWords() throws {
        var bench = expecting("or ders")
        let subject = AlertSubject.group(Name("shippers"), stream: Name("or ders"))
        let stream = StreamSnapshot.orders([.shippers(Name("packers"))], name: Name("or ders"))
        let present = try bench.finding(.groupMissing, on: .shop([stream]), of: subject)
        #expect(
            present.what
                == "Group shippers of stream or ders is expected, and is not there: the stream has 1 other group.")
        #expect(present.command == "XINFO GROUPS \"or ders\"")
        #expect(present.details == ["restore": "XGROUP CREATE \"or ders\" shippers 0"])

        let absent = try bench.finding(.groupMissing, on: .shop([]), of: subject)
        #expect(absent.what == "Group shippers of stream or ders is expected, and is not there: neither is the stream.")
        #expect(absent.details == ["restore": "XGROUP CREATE \"or ders\" shippers 0 MKSTREAM"])

        let wrong = StreamSnapshot.failed(.wrongType, name: Name("or ders"))
        let taken = try bench.finding(.groupMissing, on: .shop([wrong]), of: subject)
        #expect(taken.command == "TYPE \"or ders\"")
        #expect(taken.details.isEmpty)
    }
}
