import Alerting
import Delivery
import Platform
import Settings
import Testing

@Suite("A file with everything that is about alerts")
struct ContractTests {
    @Test("is read as a whole")
    func example() throws {
        var loading = Loading(
            """
            alert_labels: {cluster: eu1}
            external_url: "https://weir.example"
            targets:
              - name: orders
                url: redis://127.0.0.1:6379/0
                labels: {team: shop}
                streams: ["orders", "billing:*", {match: "shard:*", as: shards, max_silence: 10m}]
                exclude: ["tmp:*"]
                dead_letters: ["*:dead*", "*dlq*", "dead_letters"]
                expect: [{stream: orders, group: shippers}]
                memory_limit: 2GiB
                max_streams: 10000
            rules:
              ConsumerStale: {for: 0s, severity: critical, notify: [ops], streams: ["orders"], groups: ["*"]}
              LagHigh: {seconds: 60s, for: 2m}
              GroupLagging: false
            channels:
              - {name: ops, type: webhook, url: "https://h", format: alertmanager, secret_file: /s, headers: {},
                 send_resolved: true, repeat_interval: 4h}
              - {name: am, type: alertmanager, urls: ["http://am-0:9093", "http://am-1:9093"]}
              - {name: chat, type: slack, url_file: /u}
            heartbeat: {url_file: /u, every: 1m}
            """)
        loading.files = loading.files.merging(["/s": Array("s".utf8), "/u": Array("https://u".utf8)]) { $1 }
        let settings = try loading.load()
        #expect(settings.warnings == [])
        #expect(settings.alerts.labels == ["cluster": "eu1"])
        #expect(settings.alerts.externalURL == "https://weir.example")
        #expect(settings.alerts.target("orders").labels == ["team": "shop"])
        #expect(settings.alerts.target("orders").silences.map(\.maxMilliseconds) == [600_000])
        #expect(settings.alerts.target("orders").expected.count == 1)
        #expect(settings.alerts.target("orders").deadLetters == TargetAlertSettings.defaultDeadLetters)
        #expect(settings.alerts.rules.keys.map(\.rawValue).sorted() == ["ConsumerStale", "GroupLagging", "LagHigh"])
        #expect(settings.channels.map(\.name) == ["ops", "am", "chat"])
        #expect(settings.heartbeat == HeartbeatSettings(url: Secret(Array("https://u".utf8))))
    }
}
