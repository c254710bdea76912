import Alerting
import Delivery
import StreamModel

/// Notifications for tests, by what they are about.
enum Notices {
    static func alert(
        _ incident: UInt64, _ status: Alert.Status = .firing, at milliseconds: Int64 = 0, text: String = "It is so."
    ) -> Alert {
        let digits = String(incident, radix: 16)
        return Alert(
            status: status, severity: .critical,
            labels: ["alertname": "GroupStopped", "group": "g\(incident)", "severity": "critical", "target": "demo"],
            annotations: ["summary": "GroupStopped: g\(incident)", "description": text],
            startsAt: Timestamp(milliseconds: milliseconds),
            endsAt: status == .resolved ? Timestamp(milliseconds: milliseconds + 1000) : nil,
            fingerprint: String(repeating: "0", count: 16 - digits.utf8.count) + digits, generatorURL: "")
    }

    static func notification(
        _ id: String, about incidents: [UInt64] = [1], _ status: Alert.Status = .firing, channel: String = "ops",
        text: String = "It is so."
    ) -> AlertNotification {
        AlertNotification(
            id: id, channel: channel, target: "demo", time: Timestamp(milliseconds: 1000),
            alerts: incidents.map { alert($0, status, text: text) })
    }
}
