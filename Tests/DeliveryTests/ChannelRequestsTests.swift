import Alerting
import Delivery
import Platform
import StreamModel
import TestSupport
import Testing

@Suite("What a channel sends")
struct ChannelRequestsTests {
    private let now = Timestamp(milliseconds: 1_795_264_300_500)

    private func channel(_ kind: ChannelSettings.Kind, url: String = "https://x.example/hook") -> ChannelSettings {
        ChannelSettings(name: "ops", kind: kind, urls: [Secret(Array(url.utf8))])
    }

    private func requests(
        _ channel: ChannelSettings, _ notification: AlertNotification = .sample()
    ) -> [OutgoingRequest] {
        channel.requests(for: notification, to: channel.urls[0], at: now, externalURL: "https://weir.example")
    }

    private func lines(_ request: OutgoingRequest?) -> [String] {
        (request?.headers ?? []).map { "\($0.name): \(String(decoding: $0.value.bytes, as: UTF8.self))" }
    }

    private static let json = "Content-Type: application/json"

    @Test("is of its kind")
    func kinds() {
        let notification = AlertNotification.sample()
        let key = Secret(Array("key".utf8))
        let end = now.advanced(byMilliseconds: 300_000)
        let bodies: [(ChannelSettings.Kind, [UInt8])] = [
            (
                .webhook(.alertmanager),
                AlertmanagerWebhook.body(of: notification, externalURL: "https://weir.example")
            ),
            (.webhook(.standard), StandardWebhookBody.body(of: notification, externalURL: "https://weir.example")),
            (.alertmanager, AlertmanagerAlerts.body(of: notification.alerts, firingUntil: end)),
            (.slack, SlackMessage.body(of: notification)),
            (.discord, DiscordMessage.body(of: notification)),
            (.pagerDuty(routingKey: key), PagerDutyEvent.body(of: notification.alerts[0], routingKey: "key")),
        ]
        for (kind, body) in bodies {
            let requests = requests(channel(kind))
            #expect(requests.map(\.body) == [body])
            #expect(requests.first?.method == .post)
        }
    }

    @Test("has the channel's URL, time and authorities")
    func options() {
        var channel = channel(.slack)
        channel.timeout = .seconds(3)
        channel.caFile = "/etc/ca.pem"
        let request = requests(channel).first
        #expect(request?.url == channel.urls[0])
        #expect(request?.timeout == .seconds(3))
        #expect(request?.caFile == "/etc/ca.pem")
        #expect(lines(request) == [Self.json])
    }

    @Test("is signed where it is a webhook")
    func signature() {
        var hook = channel(.webhook(.standard))
        let unsigned = [Self.json, "webhook-id: msg_1", "webhook-timestamp: 1795264300"]
        #expect(lines(requests(hook).first) == unsigned)
        hook.signingKeys = [Secret(Array("first key".utf8)), Secret(Array("second key".utf8))]
        let signed = lines(requests(hook).first)
        #expect(signed.dropLast() == unsigned[...])
        #expect(signed.last?.split(separator: " ").count == 3)
    }

    @Test("has the headers of the channel last, which take the place of weir's own")
    func headers() {
        var hook = channel(.webhook(.alertmanager))
        hook.headers = [
            .init(name: "authorization", value: Secret(Array("Bearer x".utf8))),
            .init(name: "content-type", value: Secret(Array("application/json; charset=utf-8".utf8))),
        ]
        #expect(
            lines(requests(hook).first) == [
                "webhook-id: msg_1", "webhook-timestamp: 1795264300", "authorization: Bearer x",
                "content-type: application/json; charset=utf-8",
            ])
    }

    @Test(
        "goes to the API of an Alertmanager, wherever that is",
        arguments: [
            ("http://am:9093", "http://am:9093/api/v2/alerts"), ("http://am:9093/", "http://am:9093/api/v2/alerts"),
            ("https://x.example/am//", "https://x.example/am/api/v2/alerts"),
            ("https://x.example/am", "https://x.example/am/api/v2/alerts"),
            ("https://x.example/am/?tenant=a/", "https://x.example/am/api/v2/alerts?tenant=a/"),
        ])
    func alertsURL(base: String, expected: String) {
        #expect(requests(channel(.alertmanager, url: base)).map(\.url) == [Secret(Array(expected.utf8))])
    }

    @Test("is one event for each alert to PagerDuty")
    func pagerDuty() throws {
        var other = Alert.sample()
        other.fingerprint = "1111111111111111"
        let channel = channel(.pagerDuty(routingKey: Secret(Array("key".utf8))))
        let requests = requests(channel, .sample([.sample(), other]))
        let keys = try requests.map { try JSONValue(reading: $0.body)["dedup_key"]?.string }
        #expect(keys == ["weir-00ff00ff00ff00ff", "weir-1111111111111111"])
    }
}
