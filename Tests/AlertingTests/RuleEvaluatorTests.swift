import StreamModel
import Testing

@testable import Alerting

@Suite("A look at a target")
struct RuleEvaluatorTests {
    private static let denied = SampleError.noPermission(command: "XINFO")

    @Test(
        "ends an incident about a group only where it shows that the trouble or the group is gone",
        arguments: [
            (.shop([.orders([.shippers()])]), .clear),
            (.shop([.orders([.shippers(Name("packers"))])]), .gone(.groupGone)),
            (.shop([]), .gone(.streamGone)),
            (.shop([]) { $0.hasLookedEverywhere = false }, .unknown),
            (.shop([.failed(.noSuchKey)]), .gone(.streamGone)),
            (.shop([.failed(.wrongType)]), .gone(.streamGone)),
            (.shop([.failed(denied)]), .unknown),
            (.shop([.orders { $0.figures = nil }]), .unknown),
            (.shop([.partial([.shippers()])]), .unknown),
            (.shop([.partial([])]), .unknown),
            (.shop([.orders([.shippers()])]) { $0.isUp = false }, .unknown),
        ] as [(TargetSnapshot, RuleBench.Outcome)])
    func fallback(snapshot: TargetSnapshot, outcome: RuleBench.Outcome) {
        var bench = RuleBench()
        #expect(bench.outcome(.groupStopped, on: snapshot) == outcome)
    }

    @Test("finds its stream among many")
    func many() {
        var bench = RuleBench()
        let streams = (0..<100).map { StreamSnapshot.orders([.shippers()], name: Name("s\($0)")) }
        for number in 0..<100 {
            let subject = AlertSubject.group(Name("shippers"), stream: Name("s\(number)"))
            #expect(bench.outcome(.groupStopped, on: .shop(streams), of: subject) == .clear)
        }
        let other = AlertSubject.group(Name("shippers"), stream: Name("s1000"))
        #expect(bench.outcome(.groupStopped, on: .shop(streams), of: other) == .gone(.streamGone))
    }

    @Test("judges several streams as one that is whole although one of them is known not to be there")
    func wholeWithError() {
        var bench = RuleBench()
        func look(_ status: GroupStatus) -> TargetSnapshot {
            .shop([
                .orders([.shippers { $0.status = status }]) {
                    $0.members = 2
                    $0.error = .parts(failed: 1, of: 2, first: Name("orders:2"), .noSuchKey)
                }
            ])
        }
        #expect(bench.outcome(.groupStopped, on: look(.stopped)) == .fires)
        #expect(bench.outcome(.groupStopped, on: look(.ok)) == .clear)
    }

    @Test("shows the trouble of a part of several streams")
    func trouble() {
        var bench = RuleBench()
        #expect(
            bench.outcome(.groupStopped, on: .shop([.partial([.shippers { $0.status = .stopped }])])) == .fires)
    }

    private static func scoped(
        isOn: Bool = true, streams: [String] = ["*"], groups: [String] = ["*"]
    ) -> RuleSettings {
        var settings = RuleSettings()
        settings.isOn = isOn
        settings.streams = streams.map { Glob($0) }
        settings.groups = groups.map { Glob($0) }
        return settings
    }

    @Test(
        "finds nothing by a rule that is off, or is not for the subject, and ends what it had found",
        arguments: [
            (scoped(isOn: false), .gone(.ruleOff)), (scoped(streams: ["billing:*"]), .gone(.ruleOff)),
            (scoped(groups: ["packers"]), .gone(.ruleOff)),
            (scoped(streams: ["billing:*", "ord*"], groups: ["ship*"]), .fires),
        ] as [(RuleSettings, RuleBench.Outcome)])
    func scope(settings: RuleSettings, outcome: RuleBench.Outcome) {
        var bench = RuleBench { $0.rules[.groupStopped] = settings }
        let look = TargetSnapshot.shop(group: .shippers { $0.status = .stopped })
        #expect(bench.outcome(.groupStopped, on: look) == outcome)
    }

    @Test("passes on what the user wants of the rule")
    func tuned() throws {
        var bench = RuleBench {
            $0.rules[.groupStopped, default: RuleSettings()].severity = .warning
            $0.rules[.groupStopped, default: RuleSettings()].notify = ["ops"]
            $0.rules[.groupStopped, default: RuleSettings()].holdMilliseconds = 5000
            $0.rules[.groupStopped, default: RuleSettings()].keepFiringMilliseconds = 7000
        }
        let finding = try bench.finding(.groupStopped, on: .shop(group: .shippers { $0.status = .stopped }))
        #expect(finding.severity == .warning)
        #expect(finding.notify == ["ops"])
        #expect(finding.holdMilliseconds == 5000)
        #expect(finding.keepFiringMilliseconds == 7000)
    }

    @Test("leaves open only incidents that there are")
    func unknown() {
        func key(_ group: String) -> IncidentKey {
            IncidentKey(
                target: "shop", rule: .groupStopped, level: .critical,
                subject: .group(Name(group), stream: Name("orders")))
        }
        var judgement = Judgement(target: "shop", settings: AlertSettings(), tracked: [key("shippers")])
        for group in ["shippers", "packers"] { judgement.isUnknown(.groupStopped, key(group).subject) }
        judgement.isUnknown(.groupStopped, .info, key("shippers").subject)
        #expect(judgement.unknown == [key("shippers")])
    }

    @Test("says nothing of 20,000 groups that are well, or of which nothing is known and that are no incident")
    func quiet() {
        for group in [GroupSnapshot.shippers(), .waiting(10), .unseen.with { $0.lag = .exact(0) }] {
            let streams = (0..<2000).map { number in
                StreamSnapshot.orders((0..<10).map { index in group.with { $0.name = Name("g\(index)") } }) {
                    $0.name = Name("s\(number)")
                }
            }
            let snapshot = TargetSnapshot.shop(streams)
            let settings = AlertSettings()
            var memory = GroupRules.Memory()
            var judgement = Judgement(target: "shop", settings: settings, tracked: [])
            GroupRules.judge(snapshot, &memory, settings.target("shop"), at: .second(0), &judgement)
            #expect(judgement.holding.isEmpty)
            #expect(judgement.unknown.isEmpty)
            #expect(memory.growing.isEmpty)
            #expect(memory.lost == RiseTable())
        }
    }
}
