import TestSupport

/// One alert of a webhook in Alertmanager's format, with the identifier of its message.
struct ReceivedAlert: Equatable, Sendable {
    let message: String
    let status: String
    let fingerprint: String
    let labels: [String: String]
    let annotations: [String: String]

    var rule: String { labels["alertname"] ?? "" }

    /// All alerts of a request.
    static func all(in request: RecordedRequest) throws -> [ReceivedAlert] {
        guard case .array(let alerts)? = try JSONValue(reading: request.body)["alerts"] else { return [] }
        let message = request.header("webhook-id") ?? ""
        return alerts.map { alert in
            ReceivedAlert(
                message: message, status: alert["status"]?.text ?? "", fingerprint: alert["fingerprint"]?.text ?? "",
                labels: alert["labels"]?.texts ?? [:], annotations: alert["annotations"]?.texts ?? [:])
        }
    }
}

extension JSONValue {
    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    fileprivate var texts: [String: String]? {
        if case .object(let fields) = self { fields.compactMapValues(\.text) } else { nil }
    }
}

extension WebhookReceiver {
    /// What has arrived of one rule; a message that came twice counts once.
    func alerts(of rule: String) throws -> [ReceivedAlert] {
        var messages: Set<String> = []
        let requests = requests.filter { $0.header("webhook-id").map { messages.insert($0).inserted } ?? true }
        return try requests.flatMap(ReceivedAlert.all).filter { $0.rule == rule }
    }

    /// Waits for the next word of a rule that comes after `count` of them, and gives it.
    func alert(of rule: String, after count: Int = 0, within limit: Duration = .seconds(10)) async throws
        -> ReceivedAlert
    {
        let found = try await eventually(within: limit, { try alerts(of: rule) }, until: { $0.count > count })
        return found[count]
    }
}
