package import StreamModel

/// One message to one channel: the news of one instant about one target.
package struct AlertNotification: Equatable, Codable, Sendable {
    /// Stable over retries and restarts, and without a dot: the `webhook-id`.
    package var id: String
    package var channel: String
    package var target: String
    /// When it was made.
    package var time: Timestamp
    /// At least one.
    package var alerts: [Alert]

    package init(id: String, channel: String, target: String, time: Timestamp, alerts: [Alert]) {
        self.id = id
        self.channel = channel
        self.target = target
        self.time = time
        self.alerts = alerts
    }

    /// Firing if any of its alerts is.
    package var status: Alert.Status {
        alerts.contains { $0.status == .firing } ? .firing : .resolved
    }
}
