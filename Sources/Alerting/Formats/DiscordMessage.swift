/// The body of Discord's webhooks.
///
/// Discord refuses a message that is too long anywhere.
package enum DiscordMessage {
    private static let contentLimit = 2_000
    private static let maximumEmbeds = 10
    private static let titleLimit = 256
    private static let descriptionLimit = 4_096
    /// Of all titles and descriptions together.
    private static let embedsLimit = 6_000

    package static func body(of notification: AlertNotification) -> [UInt8] {
        let alerts = notification.worstFirst
        var content = Markup.discord.text(notification.headline, limit: contentLimit / 2)
        let remainder = alerts.dropFirst(maximumEmbeds)
        if !remainder.isEmpty {
            content += "\n"
            content += Markup.discord.text(AlertNotification.remainder(remainder), limit: contentLimit / 2 - 1)
        }
        let json: JSONText = [
            "content": .string(content),
            "embeds": .array(embeds(alerts.prefix(maximumEmbeds))),
            // Not even an @everyone that is not seen for one calls anybody.
            "allowed_mentions": ["parse": []],
        ]
        return json.bytes
    }

    /// Each has its share of what those before it have left.
    private static func embeds(_ alerts: some Collection<Alert>) -> [JSONText] {
        var (room, left) = (embedsLimit, alerts.count)
        return alerts.map { alert in
            let share = room / left
            let title = Markup.discord.text(alert.title, limit: titleLimit)
            let description = alert.text(
                .discord, links: links(of: alert), limit: min(share - title.utf16.count, descriptionLimit))
            room -= title.utf16.count + description.utf16.count
            left -= 1
            return [
                "title": .string(title), "description": .string(description), "color": .integer(color(of: alert)),
            ]
        }
    }

    /// In the text: an embed's own `url` is refused, and the message with it, where the host has no dot in its name.
    private static func links(of alert: Alert) -> [String] {
        let runbook = alert.runbookURL.map { Markup.discord.link(to: $0, label: "Runbook") }
        let page = alert.pageURL.map { Markup.discord.link(to: $0, label: "weir") }
        return [runbook, page].compactMap(\.self)
    }

    private static func color(of alert: Alert) -> Int64 {
        switch (alert.status, alert.severity) {
        case (.resolved, _): 0x2E_CC71
        case (.firing, .critical): 0x99_2D22
        case (.firing, .warning): 0xE6_7E22
        case (.firing, .info): 0x34_98DB
        }
    }
}
