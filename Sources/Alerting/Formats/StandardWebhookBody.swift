import StreamModel

/// The body that Standard Webhooks recommends, with weir's own notification in it.
///
/// Names and absent values are spelt as in the snapshot: with underscores, and `null`.
package enum StandardWebhookBody {
    /// `externalURL`: where people reach weir's pages, if anywhere.
    package static func body(of notification: AlertNotification, externalURL: String?) -> [UInt8] {
        let json: JSONText = [
            "type": .string("weir.alert.\(notification.status.rawValue)"),
            "timestamp": .string(notification.time.rfc3339),
            "data": [
                "id": .string(notification.id),
                "channel": .string(notification.channel),
                "target": .string(notification.target),
                "status": .string(notification.status.rawValue),
                "external_url": externalURL.map(JSONText.string) ?? .null,
                "alerts": .array(notification.alerts.map(json)),
            ],
        ]
        return json.bytes
    }

    private static func json(_ alert: Alert) -> JSONText {
        [
            "status": .string(alert.status.rawValue),
            "severity": .string(alert.severity.rawValue),
            "labels": .strings(alert.labels),
            "annotations": .strings(alert.annotations),
            "starts_at": .string(alert.startsAt.rfc3339),
            "ends_at": alert.endsAt.map { .string($0.rfc3339) } ?? .null,
            "generator_url": alert.generatorURL.isEmpty ? .null : .string(alert.generatorURL),
            "fingerprint": .string(alert.fingerprint),
        ]
    }
}
