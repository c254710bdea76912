import Alerting
import StreamModel
import Testing

@Suite("The incident machine")
struct IncidentMachineTests {
    private let key = Incidents.key()

    private func holds(
        hold: Int64 = 0, keepFiring: Int64 = 0, notify: [String]? = nil
    ) -> [IncidentKey: Verdict] {
        [key: .holds(Incidents.finding(hold: hold, keepFiring: keepFiring, notify: notify))]
    }

    @Test("fires at once where nothing has to be waited for, tells each channel once, and then of the end")
    func life() {
        var incidents = Incidents()
        #expect(incidents.look(holds()) == ["fired GroupStopped", "ops: GroupStopped firing"])
        #expect(incidents.look(holds()) == [])
        #expect(incidents.look() == ["resolved GroupStopped", "ops: GroupStopped resolved"])
        #expect(incidents.look() == [])
        #expect(incidents.machine.resolved.map(\.key) == [key])
    }

    @Test("waits for as long as the rule says, and forgets a condition that ends before")
    func pending() {
        var incidents = Incidents()
        #expect(incidents.look(holds(hold: 3000)) == [])
        #expect(Array(incidents.machine.incidents.map(\.phase)) == [.pending])
        #expect(incidents.look(holds(hold: 3000)) == [])
        #expect(incidents.look() == [])
        #expect(incidents.look(holds(hold: 3000)) == [])
        #expect(incidents.look(after: 2999, holds(hold: 3000)) == [])
        #expect(incidents.look(after: 1, holds(hold: 3000)) == ["fired GroupStopped", "ops: GroupStopped firing"])
        #expect(incidents.machine.incidents.first { _ in true }?.since == Timestamp(milliseconds: 1_004_000))
    }

    @Test("begins to wait anew after a gap in the looks, or one that does not show the condition")
    func gaps() {
        var incidents = Incidents()
        #expect(incidents.look(holds(hold: 20_000)) == [])
        #expect(incidents.look(after: 15_001, holds(hold: 20_000)) == [])
        #expect(incidents.look(after: 15_000, holds(hold: 20_000)) == [])
        #expect(incidents.look([key: .unknown]) == [])
        #expect(incidents.look(after: 15_000, holds(hold: 20_000)) == [])
        #expect(incidents.look(after: 10_000, holds(hold: 20_000)) == [])
        #expect(incidents.look(after: 10_000, holds(hold: 20_000)).count == 2)
    }

    @Test("ends nothing because of a gap")
    func nothingEndsUnseen() {
        var incidents = Incidents()
        _ = incidents.look(holds())
        #expect(incidents.look(after: 3_600_000, [key: .unknown]) == [])
        #expect(incidents.look([key: .unknown]) == [])
        #expect(incidents.look(after: 3_600_000, holds()) == [])
        #expect(incidents.look() == ["resolved GroupStopped", "ops: GroupStopped resolved"])
    }

    @Test("goes on firing for as long as the rule says after the condition was last seen")
    func keepsFiring() {
        var incidents = Incidents()
        _ = incidents.look(holds(keepFiring: 2500))
        #expect(incidents.look(after: 1000) == [])
        #expect(incidents.look(after: 1000, holds(keepFiring: 2500)) == [])
        #expect(incidents.look(after: 2499) == [])
        #expect(incidents.look(after: 1) == ["resolved GroupStopped", "ops: GroupStopped resolved"])
    }

    @Test("ends at once what has lost its subject, and says why")
    func departure() {
        var incidents = Incidents()
        _ = incidents.look(holds(keepFiring: 60_000))
        #expect(incidents.look([key: .gone(.streamGone)]).count == 2)
        #expect(incidents.machine.resolved.last?.departure == .streamGone)
        _ = incidents.look(holds(hold: 5000))
        #expect(incidents.look([key: .gone(.streamGone)]) == [])
    }

    @Test("ends all that fires for a target that is no longer watched")
    func forgotten() {
        var incidents = Incidents()
        _ = incidents.look(holds())
        let actions = incidents.machine.forget(target: "demo", at: incidents.now, context: incidents.context)
        #expect(actions.map(Incidents.text) == ["resolved GroupStopped", "ops: GroupStopped resolved"])
        #expect(incidents.machine.targets.isEmpty)
    }

    @Test("repeats what still fires, at each channel's own interval")
    func repeats() {
        var incidents = Incidents(channels: [
            ChannelRoute(name: "a", repeatMilliseconds: 5000), ChannelRoute(name: "b", repeatMilliseconds: nil),
        ])
        #expect(incidents.look(holds()).count == 3)
        #expect(incidents.look(after: 4999, holds()) == [])
        #expect(incidents.look(after: 1, holds()) == ["a: GroupStopped firing"])
        #expect(incidents.look(after: 4999, holds()) == [])
        #expect(incidents.look().count == 3)
    }

    @Test("tells only the channels that the rule names, and a channel that is new of what fires already")
    func routes() {
        var incidents = Incidents(channels: [
            ChannelRoute(name: "a", repeatMilliseconds: nil), ChannelRoute(name: "b", repeatMilliseconds: nil),
        ])
        #expect(incidents.look(holds(notify: ["b", "c"])) == ["fired GroupStopped", "b: GroupStopped firing"])
        incidents.context.channels.append(ChannelRoute(name: "c", repeatMilliseconds: nil))
        #expect(incidents.look(holds(notify: ["b", "c"])) == ["c: GroupStopped firing"])
        #expect(incidents.look() == ["resolved GroupStopped", "b: GroupStopped resolved", "c: GroupStopped resolved"])
        #expect(incidents.look(holds(notify: [])) == ["fired GroupStopped"])
    }

    @Test("does not tell of the end where a channel does not want to know")
    func onlyFiring() {
        var incidents = Incidents(channels: [
            ChannelRoute(name: "a", repeatMilliseconds: nil, sendsResolved: false)
        ])
        #expect(incidents.look(holds()).count == 2)
        #expect(incidents.look() == ["resolved GroupStopped"])
    }

    @Test("tells nobody of what is silenced until the silence is over, and then only if it still fires")
    func silence() {
        var incidents = Incidents()
        incidents.context.silences = [
            Silence(
                matchers: [Silence.Matcher(label: "stream", pattern: "ord*")], startsAt: incidents.now,
                endsAt: incidents.now.advanced(byMilliseconds: 5000), comment: "moving")
        ]
        #expect(incidents.look(holds()) == ["fired GroupStopped"])
        #expect(Array(incidents.machine.incidents.map(\.suppression)) == [.silenced(comment: "moving")])
        #expect(incidents.look() == ["resolved GroupStopped"])
        #expect(incidents.look(holds()) == ["fired GroupStopped"])
        #expect(incidents.look(after: 2000, holds()) == ["ops: GroupStopped firing"])
        #expect(incidents.look() == ["resolved GroupStopped", "ops: GroupStopped resolved"])
    }

    @Test("tells of the end although by then it is silenced: whoever heard that it fires waits for it")
    func silencedEnd() {
        var incidents = Incidents()
        _ = incidents.look(holds())
        incidents.context.silences = [
            Silence(
                matchers: [Silence.Matcher(label: "alertname", pattern: "*")], startsAt: incidents.now,
                endsAt: incidents.now.advanced(byMilliseconds: 60_000), comment: "")
        ]
        #expect(incidents.look() == ["resolved GroupStopped", "ops: GroupStopped resolved"])
    }

    @Test("tells of no end where the word of the beginning did not get through, and tries again when there is hope")
    func unreached() throws {
        var incidents = Incidents(channels: [ChannelRoute(name: "ops", repeatMilliseconds: 60_000)])
        _ = incidents.look(holds())
        let labels = try #require(incidents.machine.incidents.first { _ in true }).labels
        let number = try #require(UInt64(Alert(labels: labels).fingerprint, radix: 16))
        incidents.machine.giveUp([number, 7], channel: "ops", at: incidents.now)
        #expect(incidents.look(after: 59_999, holds()) == [])
        #expect(incidents.look(after: 1, holds()) == ["ops: GroupStopped firing"])
        incidents.machine.giveUp([number], channel: "ops", at: incidents.now)
        incidents.machine.retry()
        #expect(incidents.look(holds()) == ["ops: GroupStopped firing"])
        incidents.machine.giveUp([number], channel: "ops", at: incidents.now)
        #expect(incidents.look() == ["resolved GroupStopped"])
    }

    @Test("gives the end of an incident the labels that it began with, whatever has changed")
    func labels() throws {
        var incidents = Incidents()
        incidents.context.settings.labels = ["cluster": "eu1", "target": "mine"]
        incidents.context.settings.targets["demo"] = TargetAlertSettings()
        incidents.context.settings.targets["demo"]?.labels = ["team": "shop", "cluster": "eu2"]
        _ = incidents.look(holds())
        incidents.context.settings.labels = [:]
        _ = incidents.look()
        let ended = try #require(incidents.machine.resolved.last)
        #expect(
            ended.labels == [
                "alertname": "GroupStopped", "severity": "critical", "target": "demo", "stream": "orders",
                "group": "shippers", "cluster": "eu2", "team": "shop",
            ])
    }
}

extension Alert {
    /// One that is of no interest but for its labels.
    fileprivate init(labels: [String: String]) {
        var machine = IncidentMachine()
        _ = machine.ingest(
            [Incidents.key(): .holds(Incidents.finding())], of: Incidents.target, at: Timestamp(milliseconds: 0),
            gapMilliseconds: 0, context: IncidentContext(settings: AlertSettings()))
        let incident = machine.incidents.first { $0.labels == labels }
        self =
            incident.map { Alert($0, settings: AlertSettings()) }
            ?? Alert(
                status: .firing, severity: .info, labels: labels, annotations: [:],
                startsAt: Timestamp(milliseconds: 0), endsAt: nil, fingerprint: "", generatorURL: "")
    }
}
