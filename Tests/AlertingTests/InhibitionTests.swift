import Alerting
import StreamModel
import Testing

@Suite("Inhibition")
struct InhibitionTests {
    @Test(
        "leaves what explains the rest",
        arguments: [
            ([.redisDown, .sampleStale, .groupStopped, .lagHigh, .entriesLost, .streamsNotSampled], [.redisDown]),
            ([.redisDown, .memoryHigh], [.redisDown]),
            ([.sampleStale, .groupVanished, .groupStopped, .lagHigh, .pendingOld], [.sampleStale, .pendingOld]),
            ([.groupVanished, .groupStopped, .lagHigh, .trimRisk], [.groupVanished, .trimRisk]),
            (
                [.groupStopped, .lagHigh, .groupLagging, .lagUnknown, .consumerStale, .consumerStuck, .entriesLost],
                [.groupStopped, .entriesLost]
            ),
            ([.groupStalled, .lagHigh, .consumerStuck], [.groupStalled, .lagHigh, .consumerStuck]),
            ([.memoryHigh, .groupStopped, .streamSilent], [.memoryHigh, .groupStopped, .streamSilent]),
        ] as [([AlertRule], [AlertRule])])
    func chain(firing: [AlertRule], told: [AlertRule]) {
        var incidents = Incidents()
        let verdicts = firing.map { (Incidents.key($0), Verdict.holds(Incidents.finding())) }
        let actions = incidents.look(Dictionary(verdicts) { $1 })
        #expect(Set(actions.filter { $0.hasPrefix("ops") }) == Set(told.map { "ops: \($0.rawValue) firing" }))
    }

    @Test("is for the same group, the same stream and the same server only")
    func others() {
        var incidents = Incidents()
        let other = IncidentKey(
            target: "demo", rule: .memoryHigh, level: .critical, subject: .node("127.0.0.1:7000"))
        let actions = incidents.look([
            Incidents.key(.groupStopped): .holds(Incidents.finding()),
            Incidents.key(.lagHigh, group: "other"): .holds(Incidents.finding()),
            Incidents.key(.lagHigh, stream: "other"): .holds(Incidents.finding()),
            Incidents.key(.sampleStale, stream: "third"): .holds(Incidents.finding()),
        ])
        #expect(actions.filter { $0.hasPrefix("ops") }.count == 4)
        let down = incidents.look([
            Incidents.key(.redisDown): .holds(Incidents.finding()), other: .holds(Incidents.finding()),
        ])
        #expect(down.contains("ops: MemoryHigh firing"))
    }

    @Test("by a server that is down is for the streams on it, where the target has several")
    func nodes() {
        func verdict(_ node: String?) -> Verdict {
            var finding = Incidents.finding()
            finding.node = node
            return .holds(finding)
        }
        let down = "127.0.0.1:6379"
        for (node, isTold) in [
            (nil, false), (down, false), ("127.0.0.1:63790", true), ("10.0.0.1:6379, \(down)", false),
            ("10.0.0.1:6379, 10.0.0.2:6379", true),
        ] {
            var incidents = Incidents()
            let actions = incidents.look([
                Incidents.key(.redisDown): verdict(nil), Incidents.key(.sampleStale): verdict(node),
                Incidents.key(.groupStalled): verdict(node),
            ])
            #expect(actions.contains("ops: SampleStale firing") == isTold, "\(node ?? "the only one")")
            #expect(actions.contains("ops: GroupStalled firing") == false || isTold, "\(node ?? "the only one")")
            #expect(actions.contains("ops: RedisDown firing"))
        }
    }

    @Test("of two levels of one rule tells of the worse")
    func levels() {
        var incidents = Incidents()
        let warning = Incidents.key(.lagHigh, .warning)
        let critical = Incidents.key(.lagHigh, .critical)
        #expect(incidents.look([warning: .holds(Incidents.finding(severity: .warning))]).count == 2)
        let both: [IncidentKey: Verdict] = [
            warning: .holds(Incidents.finding(severity: .warning)), critical: .holds(Incidents.finding()),
        ]
        #expect(incidents.look(both) == ["fired LagHigh", "ops: LagHigh firing"])
        #expect(incidents.machine.incidents.first { $0.key == warning }?.suppression == .inhibited(by: .lagHigh))
        #expect(incidents.look().filter { $0 == "ops: LagHigh resolved" }.count == 2)
    }

    @Test("tells of what was inhibited when its explanation has ended and it has not")
    func afterwards() {
        var incidents = Incidents()
        let stale = Incidents.key(.consumerStale)
        let both: [IncidentKey: Verdict] = [
            Incidents.key(.groupStopped): .holds(Incidents.finding()), stale: .holds(Incidents.finding()),
        ]
        #expect(incidents.look(both).filter { $0.hasPrefix("ops") } == ["ops: GroupStopped firing"])
        #expect(
            incidents.look([stale: .holds(Incidents.finding())]) == [
                "resolved GroupStopped", "ops: GroupStopped resolved", "ops: ConsumerStale firing",
            ])
    }
}
