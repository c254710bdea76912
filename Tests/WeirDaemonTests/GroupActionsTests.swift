import Alerting
import Remediation
import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

/// Incidents of the group g of the stream s at demo, one for each rule, that began at 100 s.
private struct Trouble {
    static let began: Int64 = 100_000
    var machine = IncidentMachine()
    var settings = AlertSettings()
    var silences: [Silence] = []

    static func key(
        _ rule: AlertRule, target: String = "demo", stream: String = "s", group: String = "g"
    ) -> IncidentKey {
        IncidentKey(
            target: target, rule: rule, level: rule.definition.levels[0].severity,
            subject: .group(Name(group), stream: Name(stream)))
    }

    mutating func look(_ verdicts: [IncidentKey: Verdict], at milliseconds: Int64 = Self.began) -> [IncidentAction] {
        let context = IncidentContext(
            settings: settings, channels: [ChannelRoute(name: "ops", repeatMilliseconds: nil)], silences: silences)
        return machine.ingest(
            verdicts, of: "demo", at: Timestamp(milliseconds: milliseconds), gapMilliseconds: 1_000_000,
            context: context)
    }

    static func holds(_ hold: Int64 = 0) -> Verdict {
        .holds(Finding(severity: .warning, what: "It is so.", holdMilliseconds: hold))
    }

    var state: AlertBoard.State {
        AlertBoard.State(
            active: machine.incidents.sorted { $0.key < $1.key }, resolved: machine.resolved, silences: silences,
            settings: settings)
    }
}

@Suite("Alerts and actions")
struct GroupActionsTests {
    private let actions = ActionBoard()

    private func done(_ records: ActionRecord...) -> GroupActions {
        _ = actions.record(records)
        return GroupActions(actions.rows)
    }

    @Test(
        "know which alerts an action may be a remedy for",
        arguments: [
            (
                .requeue,
                [
                    "GroupStopped", "GroupStalled", "ConsumerStale", "ConsumerStuck", "PendingGrowing", "PendingOld",
                ]
            ),
            (
                .claim,
                [
                    "GroupStopped", "GroupStalled", "ConsumerStale", "ConsumerStuck", "PendingGrowing", "PendingOld",
                ]
            ),
            (.deadLetter, ["ConsumerStale", "ConsumerStuck", "PendingOld", "EntryPoisoned"]), (.forgetConsumer, []),
        ] as [(RemediationAction.Kind, [String])])
    func causes(action: RemediationAction.Kind, rules: [String]) {
        var trouble = Trouble()
        // Somebody knows already; it is a reason all the same.
        trouble.silences = [
            Silence(
                matchers: [Silence.Matcher(label: "group", pattern: "*")], startsAt: Timestamp(milliseconds: 0),
                endsAt: Timestamp(milliseconds: .max), comment: "")
        ]
        var verdicts = [
            Trouble.key(.consumerStale, group: "other"): Trouble.holds(),
            Trouble.key(.pendingOld, stream: "other"): Trouble.holds(),
        ]
        for rule in AlertRule.allCases where rule.definition.scope == .group {
            verdicts[Trouble.key(rule)] = Trouble.holds()
        }
        _ = trouble.look(verdicts)
        let board = AlertBoard()
        board.put(trouble.state)
        let causes = board.causes(of: .sample(action: action))
        #expect(Set(causes.map(\.alertname)) == Set(rules) && causes.count == rules.count)
        let fingerprints = Dictionary(
            trouble.machine.incidents.filter { $0.key.subject == .group(Name("g"), stream: Name("s")) }.map {
                ($0.key.rule.rawValue, Alert($0, settings: trouble.settings).fingerprint)
            }
        ) { $1 }
        for cause in causes { #expect(cause.fingerprint == fingerprints[cause.alertname]) }
        // A logical stream goes by its own name, in alerts as here.
        #expect(board.causes(of: .sample(action: action, stream: Name("s:1"), shownAs: Name("s"))) == causes)
        for other in [
            ActionRecord.sample(action: action, target: "other"), .sample(action: action, stream: Name("x")),
            .sample(action: action, stream: Name("s"), shownAs: Name("x")), .sample(action: action, group: Name("x")),
        ] { #expect(board.causes(of: other) == []) }
    }

    @Test("that are pending, or have ended, are no reason")
    func noCauses() {
        var trouble = Trouble()
        _ = trouble.look([
            Trouble.key(.pendingOld): Trouble.holds(60_000), Trouble.key(.consumerStale): Trouble.holds(),
        ])
        _ = trouble.look([Trouble.key(.consumerStale): .clear], at: Trouble.began + 1)
        let board = AlertBoard()
        board.put(trouble.state)
        #expect(board.causes(of: .sample()) == [])
    }

    @Test("belong together from the incident's beginning, or a little before, to its end")
    func during() throws {
        var trouble = Trouble()
        _ = trouble.look([Trouble.key(.consumerStale): Trouble.holds()])
        let times: [Int64] = [89_999, 90_000, 100_000, 150_000, 150_001]
        for time in times { _ = done(.sample(at: time, stream: Name("s:1"), shownAs: Name("s"))) }
        let done = done(
            .sample(at: 120_000, target: "other"), .sample(at: 120_000, stream: Name("s"), shownAs: Name("t")),
            .sample(at: 120_000, group: Name("h")))
        var incident = try #require(trouble.state.active.first)
        #expect(done.during(incident).map(\.record.time.milliseconds) == [150_001, 150_000, 100_000, 90_000])
        _ = trouble.look([Trouble.key(.consumerStale): .clear], at: 150_000)
        incident = try #require(trouble.state.resolved.first)
        #expect(done.during(incident).map(\.record.time.milliseconds) == [150_000, 100_000, 90_000])
        _ = trouble.look([
            IncidentKey(target: "demo", rule: .streamSilent, level: .warning, subject: .stream(Name("s"))):
                Trouble
                .holds()
        ])
        #expect(done.during(try #require(trouble.state.active.first)) == [])
    }

    @Test(
        "are told of in the words that fit",
        arguments: [
            (.sample(entries: 10), "requeue by policy rescue moved 10 entries"),
            (
                .sample(isDryRun: true, result: .dryRun, entries: 1),
                "dry-run: requeue by policy rescue would move 1 entry"
            ),
            (.sample(action: .forgetConsumer), "forget_consumer by policy rescue deleted 0 consumers"),
            (
                .sample(result: .refused, text: "No.\nReally\r\nnot."),
                "requeue by policy rescue: No. Really not."
            ),
            (
                .sample(isDryRun: true, result: .refused, text: "No."),
                "dry-run: requeue by policy rescue: No."
            ),
            (.sample(result: .failed, text: "No."), "requeue by policy rescue: No."),
        ] as [(ActionRecord, String)])
    func remarks(record: ActionRecord, remark: String) throws {
        var trouble = Trouble()
        _ = trouble.look([Trouble.key(.consumerStale): Trouble.holds()])
        let done = done(record)
        let id = try #require(actions.rows.first?.record.id)
        #expect(done.remark(on: try #require(trouble.state.active.first)) == "\(remark) (action \(id))")
    }

    @Test("are in notifications, the newest three, and make no other alert of it")
    func notifications() throws {
        var trouble = Trouble()
        let news = trouble.look([Trouble.key(.consumerStale): Trouble.holds()])
        func alert(_ done: GroupActions) throws -> Alert {
            let notifications = AlertGrouping.notifications(
                news, of: "demo", at: Timestamp(milliseconds: 0), settings: trouble.settings, limits: [:],
                remediation: done.remark
            ) { "id" }
            return try #require(notifications.first?.alerts.first)
        }
        let without = try alert(GroupActions([]))
        #expect(without.annotations["remediation"] == nil)
        let with = try alert(done(.sample(entries: 1), .sample(entries: 2), .sample(entries: 3), .sample(entries: 4)))
        #expect(with.fingerprint == without.fingerprint && with.labels == without.labels)
        let expected = actions.rows.prefix(3).map { row in
            "requeue by policy rescue moved \(row.count) entries (action \(row.record.id))"
        }
        #expect(with.annotations["remediation"] == expected.joined(separator: "\n"))
    }

    @Test("refer to each other in /api/v1/alerts, at most ten of them")
    func document() throws {
        var trouble = Trouble()
        _ = trouble.look([
            Trouble.key(.consumerStale): Trouble.holds(), Trouble.key(.consumerStale, group: "h"): Trouble.holds(),
        ])
        let ids = (0..<11).flatMap { _ in actions.record([.sample()]) }.map(\.id)
        let document = try JSONValue(
            reading: AlertsDocument(
                trouble.state, actions: GroupActions(actions.rows), at: Timestamp(milliseconds: 0)
            ).json())
        #expect(document["alerts"]?[0]?["actions"] == .array(ids.suffix(10).reversed().map { .string($0) }))
        #expect(document["alerts"]?[0]?["annotations"]?["remediation"]?.string?.contains(ids[10]) == true)
        #expect(document["alerts"]?[1]?["actions"] == .array([]))
        #expect(document["alerts"]?[1]?["annotations"]?["remediation"] == nil)
    }
}
