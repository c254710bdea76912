import Delivery
import Platform
import Testing

@Suite("The settings of a channel")
struct ChannelSettingsTests {
    @Test("show neither the URL nor a key, however they are printed")
    func secrets() {
        var channel = ChannelSettings(
            name: "ops", kind: .pagerDuty(routingKey: Secret(Array("hidden".utf8))),
            urls: [Secret(Array("https://hidden".utf8))])
        channel.signingKeys = [Secret(Array("hidden".utf8))]
        channel.headers = [ChannelSettings.Header(name: "Authorization", value: Secret(Array("hidden".utf8)))]
        #expect(!"\(channel)".contains("hidden") && !String(reflecting: channel).contains("hidden"))
    }
}
