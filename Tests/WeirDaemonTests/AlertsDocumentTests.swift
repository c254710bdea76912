import Alerting
import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("The document of alerts")
struct AlertsDocumentTests {
    private static func state() -> AlertBoard.State {
        var machine = IncidentMachine()
        func key(_ group: String) -> IncidentKey {
            IncidentKey(
                target: "demo", rule: .groupStopped, level: .critical,
                subject: .group(Name(group), stream: Name("orders")))
        }
        func finding(hold: Int64) -> Verdict {
            .holds(Finding(severity: .critical, what: "It is so.", command: "PING", holdMilliseconds: hold))
        }
        let silence = Silence(
            matchers: [Silence.Matcher(label: "group", pattern: "quiet")], startsAt: Timestamp(milliseconds: 0),
            endsAt: Timestamp(milliseconds: 9_000), comment: "moving")
        var settings = AlertSettings()
        settings.labels = ["onCall": "shopTeam"]
        let context = IncidentContext(
            settings: settings, channels: [ChannelRoute(name: "ops", repeatMilliseconds: nil)],
            silences: [silence])
        let looks: [[IncidentKey: Verdict]] = [
            [
                key("fires"): finding(hold: 0), key("quiet"): finding(hold: 0), key("gone"): finding(hold: 0),
                key("waits"): finding(hold: 60_000),
            ],
            [
                key("fires"): finding(hold: 0), key("quiet"): finding(hold: 0), key("gone"): .gone(.groupGone),
                key("waits"): finding(hold: 60_000),
            ],
        ]
        for (number, look) in looks.enumerated() {
            _ = machine.ingest(
                look, of: "demo", at: Timestamp(milliseconds: Int64(number + 1) * 1000), gapMilliseconds: 5000,
                context: context)
        }
        return AlertBoard.State(
            active: machine.incidents.sorted { $0.key < $1.key }, resolved: machine.resolved, silences: [silence],
            settings: context.settings)
    }

    private func document() throws -> JSONValue {
        let actions = GroupActions([])
        return try JSONValue(
            reading: AlertsDocument(Self.state(), actions: actions, at: Timestamp(milliseconds: 3_000)).json())
    }

    @Test("has what is pending, fires and has ended, why, and who was told")
    func states() throws {
        let document = try document()
        guard case .array(let alerts)? = document["alerts"] else {
            Issue.record("there are no alerts")
            return
        }
        #expect(alerts.map { $0["group"] } == ["fires", "quiet", "waits", "gone"].map { .string($0) })
        #expect(alerts.map { $0["state"] } == ["firing", "firing", "pending", "resolved"].map { .string($0) })
        #expect(alerts.map { $0["silenced"] } == [false, true, false, false].map { .bool($0) })
        #expect(alerts[0]["what"] == .string("It is so."))
        #expect(alerts[0]["told"]?["ops"] == .string("1970-01-01T00:00:01.000Z"))
        #expect(alerts[0]["labels"]?["alertname"] == .string("GroupStopped"))
        #expect(alerts[0]["labels"]?["onCall"] == .string("shopTeam"))
        #expect(alerts[0]["annotations"]?["runbook_url"] != nil)
        #expect(alerts[0]["ended_at"] == .null && alerts[3]["ended_at"] == .number(2))
        #expect(alerts[3]["ended_because"] == .string("group_gone"))
        #expect(document["silences"]?[0]?["match"] == .string("group=quiet"))
    }

    @Test("is described in docs/api.md, field by field")
    func described() throws {
        let text = String(decoding: try ProjectFile.read(ProjectFile.path("docs/api.md")), as: UTF8.self)
        let document = try document()
        for key in document["alerts"]?[0]?.keys ?? [] { #expect(text.contains("`\(key)`"), "\(key)") }
        for key in document["silences"]?[0]?.keys ?? [] { #expect(text.contains("`\(key)`"), "\(key)") }
    }
}
