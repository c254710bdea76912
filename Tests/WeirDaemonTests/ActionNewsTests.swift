import Alerting
import FoundationEssentials
import Remediation
import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("News of actions")
struct ActionNewsTests {
    /// 2026-11-21 12:30:45 UTC, in seconds.
    private static let start: Int64 = 1_795_264_245

    private var news = ActionNews()
    private var context = ActionNewsContext(
        alerts: AlertSettings(),
        channels: ["chat", "ops", "pager"].map { ChannelRoute(name: $0, repeatMilliseconds: nil) },
        notify: ["rescue": ["ops"], "dead": ["ops", "pager", "gone"], "quiet": []], quietMilliseconds: 120_000)
    private var ids = ActionIDs(run: 0)

    /// One cycle, so many seconds after the start.
    private mutating func cycle(_ seconds: Int64, _ records: ActionRecord...) -> [AlertNotification] {
        let now = Timestamp(milliseconds: (Self.start + seconds) * 1_000)
        let records = records.map { record in
            var record = record
            record.time = now
            record.id = ids.next(at: now)
            return record
        }
        var number = 0
        return news.notifications(of: records, at: now, context: context) {
            number += 1
            return "\(seconds)-\(number)"
        }
    }

    private func texts(_ notifications: [AlertNotification]) -> [String] {
        notifications.map { notification in
            let alerts = notification.alerts.map { "\($0.status.rawValue) \($0.labels["policy"] ?? "")" }
            return "\(notification.target) \(notification.channel): \(alerts.joined(separator: ", "))"
        }
    }

    @Test("are an alert that says who did what to which entries, and why")
    mutating func firing() throws {
        context.alerts.labels = ["cluster": "eu1", "policy": "no"]
        context.alerts.targets["demo"] = {
            var target = TargetAlertSettings()
            target.labels = ["team": "shop", "target": "no"]
            return target
        }()
        context.alerts.externalURL = "https://weir.example"
        context.alerts.runbooksURL = "https://books.example"
        var record = ActionRecord.sample(
            text: "12 entries moved.", stream: Name("s:1"), shownAs: Name("s"), group: Name([0xFF]), entries: 12)
        record.causes = [
            ActionRecord.Cause(alertname: "A", fingerprint: "aa"),
            ActionRecord.Cause(alertname: "B", fingerprint: "bb"),
            ActionRecord.Cause(alertname: "A", fingerprint: "aa"),
        ]
        let notifications = cycle(0, record)
        #expect(texts(notifications) == ["demo ops: firing rescue"])
        let alert = try #require(notifications.first?.alerts.first)
        let labels = [
            "alertname": "WeirRemediation", "severity": "info", "target": "demo", "stream": "s", "group": "\\xff",
            "policy": "rescue", "action": "requeue", "mode": "act", "cluster": "eu1", "team": "shop",
        ]
        let named = (0..<10).map { "1-\($0)" }.joined(separator: ", ")
        #expect(
            alert
                == Alert(
                    status: .firing, severity: .info, labels: labels,
                    annotations: [
                        "summary": "WeirRemediation: requeue by policy rescue: group \\xff of stream s at demo",
                        "description": "12 entries moved. Entries: \(named) and 2 more.",
                        "action_ids": "1795264245000-0-000000", "alerts": "aa bb",
                        "runbook_url": "https://books.example/WeirRemediation.md",
                    ], startsAt: Timestamp(milliseconds: Self.start * 1_000), endsAt: nil,
                    fingerprint: Fingerprint.text(of: labels), generatorURL: "https://weir.example/"))
    }

    @Test(
        "are for what was done, would have been done or failed, and for policies that name a channel",
        arguments: [
            (.sample(), ["demo ops: firing rescue"]), (.sample(result: .refused), []), (.sample(policy: "quiet"), []),
            (.sample(policy: "unknown"), []),
            (.sample(policy: "dead", result: .failed), ["demo ops: firing dead", "demo pager: firing dead"]),
        ] as [(ActionRecord, [String])])
    mutating func told(record: ActionRecord, texts expected: [String]) {
        #expect(texts(cycle(0, record)) == expected)
    }

    @Test("say how serious it is, and whether anything was changed")
    mutating func modes() throws {
        var left = ActionRecord.sample(result: .failed, text: "Redis is full.")
        left.left = [LeftEntry(id: StreamID(milliseconds: 7, sequence: 0), reason: .bodyGone)]
        var forgotten = ActionRecord.sample(action: .forgetConsumer, text: "2 consumers deleted.")
        forgotten.forgotten = [Name("a"), Name("b c")]
        let alerts = cycle(
            0, .sample(isDryRun: true, result: .dryRun, text: "It would.", entries: 1), left, forgotten
        ).flatMap(\.alerts)
        let byText = Dictionary(grouping: alerts) { $0.annotations["description"] ?? "" }
        let dry = try #require(byText["It would. Entries: 1-0."]?.first)
        #expect(dry.labels["mode"] == "dry-run" && dry.severity == .info)
        #expect(
            dry.annotations["summary"]
                == "WeirRemediation: requeue by policy rescue (dry-run): group g of stream s at demo")
        let failed = try #require(byText["Redis is full. Entries: 7-0."]?.first)
        #expect(failed.severity == .warning && failed.labels["severity"] == "warning")
        let deleted = try #require(byText["2 consumers deleted. Consumers: a, b c."]?.first)
        #expect(deleted.labels["action"] == "forget_consumer" && deleted.annotations["alerts"] == nil)
        #expect(Set(alerts.map(\.fingerprint)).count == 3)
    }

    @Test("of one policy and group are one alert, at most once a minute while it goes on, and end when it does")
    mutating func story() throws {
        func sample(_ text: String, _ entries: Int) -> ActionRecord { .sample(text: text, entries: entries) }
        let first = try #require(cycle(0, sample("One.", 1), sample("Two.", 2)).first?.alerts)
        #expect(first.count == 1)
        #expect(first[0].annotations["description"] == "One. Two. Entries: 1-0, 1-0, 1-1.")
        #expect(first[0].annotations["action_ids"] == "1795264245000-0-000000 1795264245000-1-000000")
        #expect(cycle(5, sample("Three.", 1)) == [])
        for second in 6...9 { #expect(cycle(Int64(second), sample("More.", 3)) == []) }
        #expect(cycle(59) == [])
        let second = try #require(cycle(60).first?.alerts.first)
        #expect(second.fingerprint == first[0].fingerprint && second.startsAt == first[0].startsAt)
        #expect(
            second.annotations["description"]
                == "Three. More. More. And 2 more actions. Entries: 1-0, 1-0, 1-1, 1-2, 1-0, 1-1, 1-2, 1-0, 1-1, 1-2 "
                + "and 3 more. Since 2026-11-21 12:30:45 UTC: 7 actions, 16 entries.")
        #expect(cycle(128) == [])
        let end = cycle(129)
        #expect(texts(end) == ["demo ops: resolved rescue"])
        let ended = try #require(end.first?.alerts.first)
        #expect(ended.fingerprint == second.fingerprint && ended.startsAt == second.startsAt)
        #expect(ended.endsAt == Timestamp(milliseconds: (Self.start + 129) * 1_000))
        #expect(
            ended.annotations["description"]
                == "Nothing more for 2 min. Since 2026-11-21 12:30:45 UTC: 7 actions, 16 entries.")
        #expect(cycle(1_000) == [] && news == ActionNews())
        let again = try #require(cycle(1_001, sample("Anew.", 1)).first?.alerts.first)
        #expect(again.fingerprint == ended.fingerprint && again.startsAt > ended.startsAt)
    }

    @Test("of one instant are one notification for each target and channel, but where a channel takes one alert")
    mutating func grouping() {
        context.limits = ["pager": 1]
        let notifications = cycle(
            0, .sample(policy: "dead"), .sample(policy: "dead", group: Name("h")), .sample(target: "a"), .sample())
        let alerts = notifications.map { notification in
            let alerts = notification.alerts.map { "\($0.labels["policy"] ?? "") \($0.labels["group"] ?? "")" }
            return "\(notification.target) \(notification.channel): \(alerts.sorted().joined(separator: ", "))"
        }
        #expect(
            alerts.sorted() == [
                "a ops: rescue g", "demo ops: dead g, dead h, rescue g", "demo pager: dead g", "demo pager: dead h",
            ])
        #expect(Set(notifications.map(\.id)).count == 4)
    }

    @Test("that were told are ended at those who were told, if they want to know")
    mutating func ends() {
        _ = cycle(0, .sample(policy: "dead"))
        context.notify["dead"] = ["chat"]
        #expect(texts(cycle(70, .sample(policy: "dead"))) == ["demo chat: firing dead"])
        context.channels[1].sendsResolved = false
        #expect(texts(cycle(190)) == ["demo chat: resolved dead", "demo pager: resolved dead"])
    }

    @Test("outlive a restart, also where the clock is behind then")
    mutating func restart() throws {
        _ = cycle(100, .sample())
        news = try JSONDecoder().decode(ActionNews.self, from: JSONEncoder().encode(news))
        #expect(cycle(0) == [])
        #expect(texts(cycle(60, .sample())) == ["demo ops: firing rescue"])
        #expect(texts(cycle(180)) == ["demo ops: resolved rescue"])
    }

    @Test("wait while somebody has asked for silence, and are told of no end without a beginning")
    mutating func silences() {
        let silence = Silence(
            matchers: [Silence.Matcher(label: "alertname", pattern: "WeirRemediation")],
            startsAt: Timestamp(milliseconds: 0), endsAt: Timestamp(milliseconds: .max), comment: "")
        context.silences = [silence]
        #expect(cycle(0, .sample()) == [])
        #expect(cycle(120) == [] && news == ActionNews())
        #expect(cycle(200, .sample()) == [])
        context.silences = []
        #expect(texts(cycle(205)) == ["demo ops: firing rescue"])
        // Whoever was told waits for the end.
        context.silences = [silence]
        #expect(texts(cycle(400)) == ["demo ops: resolved rescue"])
    }

    @Test("of more than a thousand alerts at once are not told of the rest")
    mutating func bounded() {
        let now = Timestamp(milliseconds: 0)
        let records = (0..<1_100).map { ActionRecord.sample(at: 0, group: Name("g\($0)")) }
        let notifications = news.notifications(of: records, at: now, context: context) { "id" }
        #expect(notifications.map(\.alerts.count) == [500, 500])
    }

    @Test("lead to a page that has the parts of a runbook")
    func runbook() throws {
        let path = ProjectFile.path("docs/runbooks/\(ActionStory.alertname).md")
        let lines = String(decoding: try ProjectFile.read(path), as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "# \(ActionStory.alertname)")
        #expect(
            lines.filter { $0.hasPrefix("## ") } == [
                "## Meaning", "## Impact", "## How to look", "## How to mend", "## Tuning",
            ])
    }
}
