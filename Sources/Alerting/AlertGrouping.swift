package import StreamModel

/// Makes one notification of all that a channel is to be told at the same instant.
package enum AlertGrouping {
    /// What a channel takes at once, by its name; it takes `usual` where it is not among them.
    package typealias Limits = [String: Int]

    package static let usual = 500

    /// In the order of `actions`; each notification gets an identifier of its own from `makeID`.
    ///
    /// `remediation`: what weir itself has done about an incident.
    package static func notifications(
        _ actions: [IncidentAction], of target: String, at now: Timestamp, settings: AlertSettings, limits: Limits,
        remediation: (Incident) -> String? = { _ in nil }, makeID: () -> String
    ) -> [AlertNotification] {
        let news = actions.compactMap { action -> (channel: String, alert: Alert)? in
            guard case .tell(let channel, let incident) = action else { return nil }
            return (channel, Alert(incident, settings: settings, remediation: remediation(incident)))
        }
        return notifications(news, of: target, at: now, limits: limits, makeID: makeID)
    }

    /// In the order of `news`: what one channel is to be told belongs together.
    package static func notifications(
        _ news: [(channel: String, alert: Alert)], of target: String, at now: Timestamp, limits: Limits,
        makeID: () -> String
    ) -> [AlertNotification] {
        var notifications: [AlertNotification] = []
        for (channel, alert) in news {
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
