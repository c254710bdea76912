/// The body of Slack's incoming webhooks.
package enum SlackMessage {
    /// Slack asks for no more.
    private static let maximumAttachments = 20
    /// Above 4,000 a message is split in several, above 40,000 cut off.
    private static let textLimit = 3_000
    private static let titleLimit = 256
    /// What is beyond is cut off.
    private static let attachmentTextLimit = 8_000

    package static func body(of notification: AlertNotification) -> [UInt8] {
        let alerts = notification.worstFirst
        var attachments = alerts.prefix(maximumAttachments).map(attachment)
        let remainder = alerts.dropFirst(maximumAttachments)
        if !remainder.isEmpty {
            let text = Markup.slack.text(AlertNotification.remainder(remainder), limit: textLimit)
            attachments.append(["text": .string(text), "fallback": .string(text)])
        }
        let json: JSONText = [
            "text": .string(Markup.slack.text(notification.headline, limit: textLimit)),
            "attachments": .array(attachments),
        ]
        return json.bytes
    }

    private static func attachment(_ alert: Alert) -> JSONText {
        let title = Markup.slack.text(alert.title, limit: titleLimit)
        let runbook = alert.runbookURL.map { Markup.slack.link(to: $0, label: "Runbook") }
        let text = alert.text(.slack, links: runbook.map { [$0] } ?? [], limit: attachmentTextLimit)
        return .members([
            "color": .string(color(of: alert)),
            "title": .string(title),
            "title_link": alert.pageURL.map { .string(Markup.percentEncoded($0)) },
            "text": .string(text),
            "fallback": .string(title),
            "mrkdwn_in": ["text"],
        ])
    }

    private static func color(of alert: Alert) -> String {
        switch (alert.status, alert.severity) {
        case (.resolved, _): "good"
        case (.firing, .critical): "danger"
        case (.firing, .warning): "warning"
        case (.firing, .info): "#439FE0"
        }
    }
}
