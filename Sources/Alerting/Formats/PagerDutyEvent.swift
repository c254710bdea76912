import StreamModel

/// An event of PagerDuty's Events API v2: about one alert, as each has an incident of its own there.
package enum PagerDutyEvent {
    private static let summaryLimit = 1_024
    /// PagerDuty names none.
    private static let nameLimit = 1_024
    /// In bytes.
    private static let bodyLimit = 512_000

    package static func body(of alert: Alert, routingKey: String) -> [UInt8] {
        let whole = body(of: alert, routingKey: routingKey, hasDetails: true)
        return whole.count <= bodyLimit ? whole : body(of: alert, routingKey: routingKey, hasDetails: false)
    }

    private static func body(of alert: Alert, routingKey: String, hasDetails: Bool) -> [UInt8] {
        let isFiring = alert.status == .firing
        let link = alert.runbookURL.map { ["href": .string($0), "text": "Runbook"] as JSONText }
        return JSONText.members([
            "routing_key": .string(routingKey),
            "event_action": isFiring ? "trigger" : "resolve",
            "dedup_key": .string("weir-\(alert.fingerprint)"),
            "payload": isFiring ? payload(of: alert, hasDetails: hasDetails) : nil,
            "links": isFiring ? link.map { [$0] } : nil,
            "client": isFiring ? "weir" : nil,
            "client_url": isFiring ? alert.pageURL.map(JSONText.string) : nil,
        ]).bytes
    }

    private static func payload(of alert: Alert, hasDetails: Bool) -> JSONText {
        .members([
            "summary": .string(alert.title.clipped(to: summaryLimit)),
            "source": name(alert.labels["node"] ?? alert.labels["target"]),
            "severity": .string(alert.severity.rawValue),
            "timestamp": .string(alert.startsAt.rfc3339),
            "component": name(alert.labels["stream"]),
            "group": name(alert.labels["group"]),
            "class": name(alert.name),
            "custom_details": hasDetails
                ? ["annotations": .strings(alert.annotations), "labels": .strings(alert.labels)] : nil,
        ])
    }

    private static func name(_ text: String?) -> JSONText? {
        text.map { .string($0.clipped(to: nameLimit)) }
    }
}
