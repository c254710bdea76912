package import StreamModel

/// The body of `POST /api/v2/alerts`, by which Alertmanager is told of alerts.
///
/// It refuses all of a body for one alert that it does not like.
package enum AlertmanagerAlerts {
    /// `firingUntil`: when those that fire end by themselves, should weir not be heard of again.
    package static func body(of alerts: [Alert], firingUntil: Timestamp) -> [UInt8] {
        JSONText.array(alerts.map { json($0, firingUntil: firingUntil) }).bytes
    }

    private static func json(_ alert: Alert, firingUntil: Timestamp) -> JSONText {
        // "Start time must be before end time", whatever the clock has done in between.
        let end = max(alert.endsAt ?? firingUntil, alert.startsAt)
        return .members([
            "labels": .strings(alert.labels.filter { !$0.value.isEmpty }),
            "annotations": .strings(alert.annotations),
            "startsAt": .string(alert.startsAt.rfc3339),
            "endsAt": .string(end.rfc3339),
            "generatorURL": alert.generatorURL.isEmpty ? nil : .string(alert.generatorURL),
        ])
    }
}
