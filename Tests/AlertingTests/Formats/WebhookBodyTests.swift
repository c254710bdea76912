import Alerting
import StreamModel
import TestSupport
import Testing

@Suite("The bodies of webhooks")
struct WebhookBodyTests {
    private static let labels =
        #"{"alertname":"GroupStopped","group":"shippers","severity":"critical","stream":"eu:orders","target":"orders"}"#
    private static let annotations =
        #"{"command":"XINFO CONSUMERS eu:orders shippers","#
        + #""description":"120 entries wait & no consumer was seen for 4 min.","#
        + #""runbook_url":"https://runbooks.example/GroupStopped","summary":"Nobody reads eu:orders for shippers"}"#

    @Test("are those of Alertmanager while it fires")
    func alertmanager() {
        let body = AlertmanagerWebhook.body(of: .sample([.sample()]), externalURL: "https://weir.example")
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"receiver":"ops","status":"firing","alerts":[{"status":"firing","labels":"# + Self.labels
                + #","annotations":"# + Self.annotations
                + #","startsAt":"2026-11-21T12:30:45.007Z","endsAt":"0001-01-01T00:00:00Z","#
                + #""generatorURL":"https://weir.example/?stream=eu%3Aorders","fingerprint":"00ff00ff00ff00ff"}],"#
                + #""groupLabels":{"target":"orders"},"commonLabels":"# + Self.labels
                + #","commonAnnotations":"# + Self.annotations
                + #","externalURL":"https://weir.example","version":"4","groupKey":"{}:{target=\"orders\"}","#
                + #""truncatedAlerts":0}"#)
    }

    @Test("of Alertmanager have in common what all alerts have, and are resolved once all are")
    func common() throws {
        let notification = AlertNotification.sample([.sample(.resolved), .sample(.resolved, .info, rule: "LagHigh")])
        let json = try JSONValue(reading: AlertmanagerWebhook.body(of: notification, externalURL: nil))
        #expect(json["commonLabels"]?.keys == ["group", "stream", "target"])
        #expect(json["commonAnnotations"]?.keys == ["command", "description", "runbook_url", "summary"])
        #expect(json["status"] == .string("resolved"))
        #expect(json["externalURL"] == .string(""))
        #expect(json["alerts"]?[1]?["endsAt"] == .string("2026-11-21T12:40:45.007Z"))

        let mixed = try JSONValue(
            reading: AlertmanagerWebhook.body(of: .sample([.sample(.resolved), .sample()]), externalURL: nil))
        #expect(mixed["status"] == .string("firing"))
    }

    @Test("of Alertmanager have one group key for a target, quoted as Prometheus does")
    func groupKey() throws {
        let notification = AlertNotification.sample([.sample()], target: "a\"b\\c\nd")
        let json = try JSONValue(reading: AlertmanagerWebhook.body(of: notification, externalURL: nil))
        #expect(json["groupKey"] == .string(#"{}:{target="a\"b\\c\nd"}"#))
        #expect(json["groupLabels"] == .object(["target": .string("a\"b\\c\nd")]))
    }

    @Test("are those that Standard Webhooks recommends")
    func standard() {
        let body = StandardWebhookBody.body(of: .sample([.sample(.resolved)]), externalURL: nil)
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"type":"weir.alert.resolved","timestamp":"2026-11-21T12:31:40.000Z","data":{"id":"msg_1","#
                + #""channel":"ops","target":"orders","status":"resolved","external_url":null,"alerts":["#
                + #"{"status":"resolved","severity":"critical","labels":"# + Self.labels
                + #","annotations":"# + Self.annotations
                + #","starts_at":"2026-11-21T12:30:45.007Z","ends_at":"2026-11-21T12:40:45.007Z","#
                + #""generator_url":"https://weir.example/?stream=eu%3Aorders","fingerprint":"00ff00ff00ff00ff"}]}}"#)
    }

    @Test("of Standard Webhooks say null for what is not there")
    func absent() throws {
        var alert = Alert.sample()
        alert.generatorURL = ""
        let json = try JSONValue(
            reading: StandardWebhookBody.body(of: .sample([alert]), externalURL: "https://weir.example"))
        #expect(json["type"] == .string("weir.alert.firing"))
        #expect(json["data"]?["external_url"] == .string("https://weir.example"))
        #expect(json["data"]?["alerts"]?[0]?.nullKeys == ["ends_at", "generator_url"])
    }

    @Test("for Alertmanager itself say when what fires ends, and leave out what it would refuse")
    func push() {
        var odd = Alert.sample(.resolved)
        odd.labels = ["alertname": "LagHigh", "team": ""]
        odd.annotations = ["summary": ""]
        odd.generatorURL = ""
        // The clock was set back.
        odd.endsAt = odd.startsAt.advanced(byMilliseconds: -1)
        let body = AlertmanagerAlerts.body(
            of: [.sample(), odd], firingUntil: Timestamp(milliseconds: 1_795_264_300_000))
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"[{"labels":"# + Self.labels + #","annotations":"# + Self.annotations
                + #","startsAt":"2026-11-21T12:30:45.007Z","endsAt":"2026-11-21T12:31:40.000Z","#
                + #""generatorURL":"https://weir.example/?stream=eu%3Aorders"},"#
                + #"{"labels":{"alertname":"LagHigh"},"annotations":{"summary":""},"#
                + #""startsAt":"2026-11-21T12:30:45.007Z","endsAt":"2026-11-21T12:30:45.007Z"}]"#)
    }

    @Test("keep any name as it is", arguments: 0..<100)
    func anyName(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let text = RandomText.next(upTo: 60, &generator) + "x"
        let notification = AlertNotification.hostile(text)
        let webhook = try JSONValue(reading: AlertmanagerWebhook.body(of: notification, externalURL: text))
        let standard = try JSONValue(reading: StandardWebhookBody.body(of: notification, externalURL: text))
        let push = try JSONValue(
            reading: AlertmanagerAlerts.body(of: notification.alerts, firingUntil: notification.time))
        for alert in [webhook["alerts"]?[0], standard["data"]?["alerts"]?[0], push[0]] {
            for value in [alert?["labels"]?["stream"], alert?["annotations"]?["command"]] {
                #expect(value?.string.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
            }
        }
    }
}
