package import StreamModel

/// Makes one notification of all that a channel is to be told at the same instant.
package enum AlertGrouping {
    /// What a channel takes at once, by its name; it takes `usual` where it is not among them.
    package typealias Limits = [String: Int]

    package static let usual = 500

    /// In the order of `actions`; each notification gets an identifier of its own from `makeID`.
    package static func notifications(
        _ actions: [IncidentAction], of target: String, at now: Timestamp, settings: AlertSettings, limits: Limits,
        makeID: () -> String
    ) -> [AlertNotification] {
        var notifications: [AlertNotification] = []
        for case .tell(let channel, let incident) in actions {
            let alert = Alert(incident, settings: settings)
            if let last = notifications.indices.last, notifications[last].channel == channel,
                notifications[last].alerts.count < limits[channel] ?? usual
            {
                notifications[last].alerts.append(alert)
            } else {
                notifications.append(
                    AlertNotification(id: makeID(), channel: channel, target: target, time: now, alerts: [alert]))
            }
        }
        return notifications
    }
}
