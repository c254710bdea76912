import StreamModel

/// The body of Alertmanager's webhooks, version 4, as Alertmanager 0.25 and later send it.
package enum AlertmanagerWebhook {
    /// `externalURL`: where people reach weir's pages, if anywhere.
    package static func body(of notification: AlertNotification, externalURL: String?) -> [UInt8] {
        let alerts = notification.alerts
        let json: JSONText = [
            "receiver": .string(notification.channel),
            "status": .string(notification.status.rawValue),
            "alerts": .array(alerts.map(json)),
            "groupLabels": ["target": .string(notification.target)],
            "commonLabels": .strings(common(alerts.map(\.labels))),
            "commonAnnotations": .strings(common(alerts.map(\.annotations))),
            "externalURL": .string(externalURL ?? ""),
            "version": "4",
            "groupKey": .string("{}:{target=\"\(quoted(notification.target))\"}"),
            "truncatedAlerts": .integer(0),
        ]
        return json.bytes
    }

    private static func json(_ alert: Alert) -> JSONText {
        [
            "status": .string(alert.status.rawValue),
            "labels": .strings(alert.labels),
            "annotations": .strings(alert.annotations),
            "startsAt": .string(alert.startsAt.rfc3339),
            // What Go's zero time looks like.
            "endsAt": .string(alert.endsAt?.rfc3339 ?? "0001-01-01T00:00:00Z"),
            "generatorURL": .string(alert.generatorURL),
            "fingerprint": .string(alert.fingerprint),
        ]
    }

    /// What all of them have, with the same value.
    private static func common(_ dictionaries: [[String: String]]) -> [String: String] {
        guard let first = dictionaries.first else { return [:] }
        return first.filter { name, value in dictionaries.dropFirst().allSatisfy { $0[name] == value } }
    }

    /// As Prometheus quotes the value of a label.
    private static func quoted(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": output += #"\\"#
            case "\"": output += #"\""#
            case "\n": output += #"\n"#
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
