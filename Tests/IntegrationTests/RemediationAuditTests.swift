import TestSupport
import Testing

@Suite("Word of what remediation does", .serialized)
struct RemediationAuditTests {
    @Test(
        "is in the log, on the page and with the policy's channel; it and the alerts that it is about name each other")
    func audit() async throws {
        let stage = try await Stage(.system)
        let stranded = try await stage.strand(3)
        let (ops, others) = (try WebhookReceiver(), try WebhookReceiver())
        // Its alert fires first.
        _ = try await WeirProcess.run(["pause", "--state-dir", stage.state])
        let channels = """
            channels:
              - {name: ops, type: webhook, url: "\(ops.url())"}
              - {name: others, type: webhook, url: "\(others.url())"}

            """
        let policy = "name: rescue, stream: s, group: g, action: requeue, min_idle: 1m, notify: [ops]"
        let weir = try await stage.weir(remediation(policy) + channels, "--log-format", "json")
        let fired = try await others.alert(of: "ConsumerStale")
        #expect(fired.status == "firing")
        _ = try await WeirProcess.run(["resume", "--state-dir", stage.state])

        let row = try await weir.action(by: "rescue")
        #expect(row.entries.map(\.id) == stranded)
        #expect(row.alerts.map(\.alertname).contains("ConsumerStale"))
        #expect(row.alerts.first { $0.alertname == "ConsumerStale" }?.fingerprint == fired.fingerprint)
        let line = try await weir.line(with: "\"result\":\"moved\"")
        let logged = try JSONValue(reading: Array(line.utf8))
        let expected = [
            "action_id": row.id, "policy": "rescue", "action": "requeue", "mode": "act", "target": "test",
            "stream": "s",
            "group": "g", "entries": "3", "ids": stranded.joined(separator: " "), "level": "info", "to": "s",
            "message": "requeue: \(row.text)", "alerts": row.alerts.map(\.fingerprint).joined(separator: " "),
        ]
        for (key, value) in expected { #expect(logged[key]?.string == value, "\(key)") }

        let told = try await ops.alert(of: "WeirRemediation")
        #expect(told.status == "firing")
        #expect(
            told.labels == [
                "alertname": "WeirRemediation", "severity": "info", "target": "test", "stream": "s", "group": "g",
                "policy": "rescue", "action": "requeue", "mode": "act",
            ])
        #expect(told.annotations["action_ids"] == row.id)
        #expect(told.annotations["alerts"]?.contains(fired.fingerprint) == true)
        #expect(told.annotations["description"]?.contains(row.text) == true)

        let ended = try await others.alert(of: "ConsumerStale", after: 1)
        #expect(ended.status == "resolved" && ended.fingerprint == fired.fingerprint)
        let remark = "requeue by policy rescue moved 3 entries (action \(row.id))"
        #expect(ended.annotations["remediation"]?.contains(remark) == true)
        let alerts = try JSONValue(reading: try await weir.request("GET", "/api/v1/alerts").body)["alerts"]
        let item = alerts?.elements.first { $0["fingerprint"]?.string == fired.fingerprint }
        #expect(item?["actions"]?.elements.contains(.string(row.id)) == true)
        #expect(try others.alerts(of: "WeirRemediation").isEmpty)
    }
}
