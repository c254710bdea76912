import TestSupport
import Testing

@Suite("Two weirs of one configuration")
struct PairTests {
    @Test("tell of an incident and of its end under the same labels: whoever goes by them has one alert")
    func sameLabels() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await client.send("XADD", "s", "*", "f", "v")
        let receivers = [try WebhookReceiver(), try WebhookReceiver()]
        var weirs: [WeirProcess] = []
        for (number, receiver) in receivers.enumerated() {
            let target = server.target("orders", "expect: [{stream: s, group: g}], labels: {team: shop}")
            let text =
                configuration(target)
                    + """
                    alert_labels: {cluster: eu1}
                    rules: {GroupMissing: {for: 0s}, MemoryUnlimited: false}
                    channels: [{name: ops, type: webhook, url: "\(receiver.url())"}]

                    """
            let file = try server.folder.write(text, to: "weir-\(number).yaml")
            weirs.append(try await .serving(["--config", file]))
        }
        for (count, status) in ["firing", "resolved"].enumerated() {
            var told: [ReceivedAlert] = []
            for receiver in receivers {
                told.append(try await receiver.alert(of: "GroupMissing", after: count))
            }
            #expect(told.map(\.status) == [status, status])
            #expect(told[0].labels == told[1].labels)
            #expect(told[0].fingerprint == told[1].fingerprint)
            #expect(told[0].message != told[1].message)
            #expect(told[0].labels["cluster"] == "eu1" && told[0].labels["team"] == "shop")
            if count == 0 { try await client.send("XGROUP", "CREATE", "s", "g", "0") }
        }
        #expect(weirs.allSatisfy { $0.exitStatus == nil })
    }
}
