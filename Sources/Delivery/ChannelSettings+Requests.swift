package import Alerting
package import Platform
package import StreamModel

extension ChannelSettings {
    /// How long an Alertmanager that hears nothing more of a firing alert takes it for one.
    package static let alertmanagerLifetimeMilliseconds: Int64 = 300_000

    /// What one attempt sends to `url`, one of the channel's, in order.
    ///
    /// One request, but for PagerDuty, where each alert needs one of its own: the notification is delivered once all
    /// are. Sending all of them again does no harm, as each names its incident. `externalURL`: where people reach weir's
    /// pages, if anywhere.
    package func requests(
        for notification: AlertNotification, to url: Secret, at now: Timestamp, externalURL: String?
    ) -> [OutgoingRequest] {
        switch kind {
        case .webhook(let format):
            let body =
                switch format {
                case .alertmanager: AlertmanagerWebhook.body(of: notification, externalURL: externalURL)
                case .standard: StandardWebhookBody.body(of: notification, externalURL: externalURL)
                }
            let signature = WebhookSignature.headers(
                id: notification.id, at: now, body: body, keys: signingKeys)
            return [request(to: url, body, signature)]
        case .alertmanager:
            let end = now.advanced(byMilliseconds: Self.alertmanagerLifetimeMilliseconds)
            let body = AlertmanagerAlerts.body(of: notification.alerts, firingUntil: end)
            return [request(to: Self.alertsURL(of: url), body)]
        case .slack:
            return [request(to: url, SlackMessage.body(of: notification))]
        case .discord:
            return [request(to: url, DiscordMessage.body(of: notification))]
        case .pagerDuty(let routingKey):
            let key = String(decoding: routingKey.bytes, as: UTF8.self)
            return notification.alerts.map { request(to: url, PagerDutyEvent.body(of: $0, routingKey: key)) }
        }
    }

    private func request(to url: Secret, _ body: [UInt8], _ more: [Header] = []) -> OutgoingRequest {
        let own = Set(headers.map { $0.name.lowercased() })
        let common = [Header(name: "Content-Type", value: Secret(Array("application/json".utf8)))] + more
        return OutgoingRequest(
            url: url, headers: common.filter { !own.contains($0.name.lowercased()) } + headers, body: body,
            caFile: caFile, timeout: timeout)
    }

    /// Where an Alertmanager takes alerts; its base URL may end in a slash, or have a query.
    private static func alertsURL(of base: Secret) -> Secret {
        let query = base.bytes.firstIndex(of: UInt8(ascii: "?")) ?? base.bytes.endIndex
        var path = base.bytes[..<query]
        while path.last == UInt8(ascii: "/") { path.removeLast() }
        return Secret(Array(path) + "/api/v2/alerts".utf8 + base.bytes[query...])
    }
}
