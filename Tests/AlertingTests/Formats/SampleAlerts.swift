import Alerting
import StreamModel

extension Alert {
    /// About the group `shippers` of the stream `eu:orders`; `resolved`: ten minutes after it began.
    static func sample(
        _ status: Status = .firing, _ severity: Severity = .critical, rule: String = "GroupStopped"
    ) -> Alert {
        let start = Timestamp(milliseconds: 1_795_264_245_007)
        return Alert(
            status: status, severity: severity,
            labels: [
                "alertname": rule, "severity": severity.rawValue, "target": "orders", "stream": "eu:orders",
                "group": "shippers",
            ],
            annotations: [
                "summary": "Nobody reads eu:orders for shippers",
                "description": "120 entries wait & no consumer was seen for 4 min.",
                "command": "XINFO CONSUMERS eu:orders shippers",
                "runbook_url": "https://runbooks.example/GroupStopped",
            ],
            startsAt: start, endsAt: status == .firing ? nil : start.advanced(byMilliseconds: 600_000),
            fingerprint: "00ff00ff00ff00ff", generatorURL: "https://weir.example/?stream=eu%3Aorders")
    }

    /// With this text wherever there can be one.
    static func hostile(_ text: String, status: Status = .firing) -> Alert {
        var alert = sample(status)
        for name in ["stream", "group", "target", "node", "team"] { alert.labels[name] = text }
        for name in ["summary", "description", "command", "runbook_url"] { alert.annotations[name] = text }
        alert.generatorURL = text
        return alert
    }
}

extension AlertNotification {
    static func sample(_ alerts: [Alert], target: String = "orders") -> AlertNotification {
        AlertNotification(
            id: "msg_1", channel: "ops", target: target, time: Timestamp(milliseconds: 1_795_264_300_000),
            alerts: alerts)
    }

    /// With this text wherever there can be one.
    static func hostile(_ text: String) -> AlertNotification {
        .sample([.hostile(text), .hostile(text, status: .resolved)], target: text)
    }
}
