import Alerting
import StreamModel

extension Alert {
    static func sample(
        _ labels: [String: String] = [:], startsAt: Timestamp = Timestamp(milliseconds: 1_795_264_245_007),
        endsAt: Timestamp? = nil
    ) -> Alert {
        Alert(
            status: endsAt == nil ? .firing : .resolved, severity: .critical,
            labels: ["alertname": "GroupStopped", "target": "orders"].merging(labels) { $1 },
            annotations: ["summary": "Nobody reads", "description": "120 entries wait."], startsAt: startsAt,
            endsAt: endsAt, fingerprint: "00ff00ff00ff00ff", generatorURL: "https://weir.example/")
    }
}

extension AlertNotification {
    static func sample(_ alerts: [Alert] = [.sample()]) -> AlertNotification {
        AlertNotification(
            id: "msg_1", channel: "ops", target: "orders", time: Timestamp(milliseconds: 1_795_264_300_000),
            alerts: alerts)
    }
}
