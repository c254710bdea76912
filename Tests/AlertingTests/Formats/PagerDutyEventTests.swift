import Alerting
import TestSupport
import Testing

@Suite("An event of PagerDuty")
struct PagerDutyEventTests {
    @Test("triggers an incident, with all that is known of it")
    func trigger() {
        #expect(
            String(decoding: PagerDutyEvent.body(of: .sample(), routingKey: "key"), as: UTF8.self)
                == #"{"routing_key":"key","event_action":"trigger","dedup_key":"weir-00ff00ff00ff00ff","payload":{"#
                + #""summary":"Nobody reads eu:orders for shippers","source":"orders","severity":"critical","#
                + #""timestamp":"2026-11-21T12:30:45.007Z","component":"eu:orders","group":"shippers","#
                + #""class":"GroupStopped","custom_details":{"annotations":{"#
                + #""command":"XINFO CONSUMERS eu:orders shippers","#
                + #""description":"120 entries wait & no consumer was seen for 4 min.","#
                + #""runbook_url":"https://runbooks.example/GroupStopped","#
                + #""summary":"Nobody reads eu:orders for shippers"},"labels":{"alertname":"GroupStopped","#
                + #""group":"shippers","severity":"critical","stream":"eu:orders","target":"orders"}}},"#
                + #""links":[{"href":"https://runbooks.example/GroupStopped","text":"Runbook"}],"client":"weir","#
                + #""client_url":"https://weir.example/?stream=eu%3Aorders"}"#)
    }

    @Test("resolves it by the same key")
    func resolve() {
        #expect(
            String(decoding: PagerDutyEvent.body(of: .sample(.resolved), routingKey: "key"), as: UTF8.self)
                == #"{"routing_key":"key","event_action":"resolve","dedup_key":"weir-00ff00ff00ff00ff"}"#)
    }

    @Test("says which node it is about, and leaves out what is not there")
    func node() throws {
        var alert = Alert.sample(.firing, .info, rule: "RedisDown")
        alert.labels = ["alertname": "RedisDown", "target": "orders", "node": "127.0.0.1:6379"]
        alert.annotations = [:]
        alert.generatorURL = ""
        let event = try JSONValue(reading: PagerDutyEvent.body(of: alert, routingKey: "key"))
        #expect(event.keys == ["client", "dedup_key", "event_action", "payload", "routing_key"])
        #expect(event["payload"]?["source"] == .string("127.0.0.1:6379"))
        #expect(event["payload"]?["severity"] == .string("info"))
        #expect(event["payload"]?["summary"] == .string("RedisDown"))
        #expect(
            event["payload"]?.keys == ["class", "custom_details", "severity", "source", "summary", "timestamp"])
    }

    @Test("leaves out the details where the body would be too long")
    func long() throws {
        let name = String(repeating: "n", count: 600_000)
        let event = try JSONValue(reading: PagerDutyEvent.body(of: .hostile(name), routingKey: "key"))
        #expect(event["payload"]?["custom_details"] == nil)
        #expect(event["payload"]?["component"] == .string(String(name.prefix(1_023)) + "…"))
        #expect(event["links"] == nil && event["client_url"] == nil)
    }
}
