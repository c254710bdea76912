import Alerting
import StreamModel
import Testing

@Suite("An alert")
struct AlertTests {
    private static func alerts(
        _ actions: [IncidentAction], settings: AlertSettings = AlertSettings()
    ) -> [AlertNotification] {
        var number = 0
        return AlertGrouping.notifications(
            actions, of: "demo", at: Timestamp(milliseconds: 0), settings: settings, limits: ["pager": 1]
        ) {
            number += 1
            return "id\(number)"
        }
    }

    private static func ingest(
        _ machine: inout IncidentMachine, _ verdicts: [IncidentKey: Verdict], at milliseconds: Int64,
        channels: [String] = ["ops"], settings: AlertSettings = AlertSettings()
    ) -> [AlertNotification] {
        let context = IncidentContext(
            settings: settings, channels: channels.map { ChannelRoute(name: $0, repeatMilliseconds: nil) })
        let actions = machine.ingest(
            verdicts, of: "demo", at: Timestamp(milliseconds: milliseconds), gapMilliseconds: 5000, context: context)
        return alerts(actions, settings: settings)
    }

    @Test("says what is wrong, since when, what it means, how to look and where to read on")
    func annotations() throws {
        var settings = AlertSettings()
        settings.externalURL = "https://weir.example"
        settings.runbooksURL = "https://books.example/weir"
        let key = Incidents.key(.groupStopped)
        var machine = IncidentMachine()
        var finding = Incidents.finding("Group shippers has 5 entries waiting.")
        finding.command = "XINFO CONSUMERS orders shippers"
        finding.details = ["consumers": "a, b"]
        let verdicts = [key: Verdict.holds(finding)]
        let fired = try #require(
            Self.ingest(&machine, verdicts, at: 1_795_264_245_007, settings: settings).first?.alerts.first)
        #expect(
            fired.annotations == [
                "summary": "GroupStopped: group shippers of stream orders at demo",
                "description": "Group shippers has 5 entries waiting. It has been so since 2026-11-21 12:30:45 UTC. "
                    + "Entries wait and nobody comes for them: the consumers have crashed, cannot connect, or were "
                    + "scaled to zero.",
                "command": "XINFO CONSUMERS orders shippers", "consumers": "a, b",
                "runbook_url": "https://books.example/weir/GroupStopped.md",
            ])
        #expect(fired.generatorURL == "https://weir.example/" && fired.status == .firing && fired.endsAt == nil)
        let ended = try #require(
            Self.ingest(&machine, [key: .gone(.groupGone)], at: 1_795_264_545_007).first?.alerts.first)
        #expect(
            ended.annotations["description"]
                == "Over after 5 min: the group has been destroyed. What was last found: "
                + "Group shippers has 5 entries waiting.")
        #expect(ended.labels == fired.labels && ended.fingerprint == fired.fingerprint)
        #expect(ended.startsAt == fired.startsAt && ended.endsAt == Timestamp(milliseconds: 1_795_264_545_007))
    }

    @Test("has the fingerprint that Prometheus and Alertmanager give its labels")
    func fingerprint() throws {
        // Of {alertname="StreamsNotSampled",severity="warning",target="demo"}, as Alertmanager's API shows it.
        var machine = IncidentMachine()
        let key = Incidents.key(.streamsNotSampled)
        let notifications = Self.ingest(
            &machine, [key: .holds(Incidents.finding(severity: .warning))], at: 0)
        #expect(notifications.first?.alerts.first?.fingerprint == "5e96a9822a687681")
    }

    @Test("comes with all other news of its instant, for each channel, but alone where a channel takes one at a time")
    func grouping() {
        var machine = IncidentMachine()
        let first = Incidents.key(.lagHigh, group: "a")
        let second = Incidents.key(.groupStopped, group: "b")
        let holds = Verdict.holds(Incidents.finding())
        _ = Self.ingest(&machine, [first: holds], at: 0, channels: ["ops", "pager"])
        let news = Self.ingest(&machine, [first: .clear, second: holds], at: 1000, channels: ["ops", "pager"])
        #expect(news.map(\.channel) == ["ops", "pager", "pager"])
        #expect(news.map { $0.alerts.count } == [2, 1, 1])
        #expect(news.map(\.status) == [.firing, .firing, .resolved])
        #expect(Set(news.map(\.id)).count == 3)
    }
}
