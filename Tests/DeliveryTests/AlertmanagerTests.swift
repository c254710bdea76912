import Alerting
import Delivery
import FoundationEssentials
import Platform
import StreamModel
import TestSupport
import Testing

@Suite(
    "A real Alertmanager",
    .enabled(if: AlertmanagerServer.isInstalled, "prometheus-alertmanager is not installed"))
struct AlertmanagerTests {
    private let server: AlertmanagerServer
    private let now = Timestamp(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
    private var start: Timestamp { now.advanced(byMilliseconds: -60_000) }

    init() async throws {
        server = try await AlertmanagerServer()
    }

    /// The answer's status.
    private func push(_ alerts: [Alert]) throws -> Int {
        let base = "http://127.0.0.1:\(server.port)"
        let channel = ChannelSettings(name: "am", kind: .alertmanager, urls: [Secret(Array(base.utf8))])
        let requests = channel.requests(for: .sample(alerts), to: channel.urls[0], at: now, externalURL: nil)
        let request = try #require(requests.first)
        let url = String(decoding: request.url.bytes, as: UTF8.self)
        let headers = request.headers.map { "\($0.name): \(String(decoding: $0.value.bytes, as: UTF8.self))" }
        return try HTTPClient.request(
            "POST", String(url.dropFirst(base.count)), headers: headers, body: request.body, port: server.port
        ).status
    }

    private var active: [JSONValue] {
        get throws {
            let reply = try HTTPClient.request("GET", "/api/v2/alerts?active=true", port: server.port)
            return try JSONValue(reading: reply.body).elements
        }
    }

    @Test("takes an alert that fires for active, and one that is resolved for gone")
    func life() throws {
        #expect(try push([.sample(["stream": "eu:orders"], startsAt: start)]) == 200)
        let alert = try #require(try active.first)
        #expect(try active.count == 1)
        #expect(
            alert["labels"]
                == .object([
                    "alertname": .string("GroupStopped"), "target": .string("orders"), "stream": .string("eu:orders"),
                ]))
        #expect(alert["annotations"]?["description"] == .string("120 entries wait."))
        #expect(alert["generatorURL"] == .string("https://weir.example/"))
        #expect(alert["status"]?["state"] == .string("active"))
        #expect(alert["startsAt"] == .string(start.rfc3339))
        #expect(alert["endsAt"] == .string(now.advanced(byMilliseconds: 300_000).rfc3339))

        #expect(try push([.sample(["stream": "eu:orders"], startsAt: start, endsAt: now)]) == 200)
        #expect(try active.isEmpty)
    }

    @Test("takes names of any kind, and gives them back as they were")
    func hostileNames() throws {
        let names = [
            "a \"b\" 'c' \\ {d=\"e\"}", "line\nbreak\r\ttab", "\0\u{1}\u{1B}[31m\u{7F}\u{85}",
            "\u{2028}\u{2029}\u{FEFF}",
            "e\u{301} ≠ é 👩‍👩‍👧 \u{202E}", "\u{FFFF}\u{10FFFF}", "</script>&amp;", String(repeating: "n", count: 100_000),
        ]
        let alerts = names.map { name in
            var alert = Alert.sample(["stream": name], startsAt: start)
            alert.annotations = ["summary": name, "command": name]
            alert.generatorURL = ""
            return alert
        }
        #expect(try push(alerts) == 200)
        let shown = try active
        let texts = { (path: String, key: String) in
            Set(shown.map { ($0[path]?[key]?.string ?? "").unicodeScalars.map(\.value) })
        }
        let expected = Set(names.map { $0.unicodeScalars.map(\.value) })
        #expect(shown.count == names.count)
        #expect(texts("labels", "stream") == expected)
        #expect(texts("annotations", "summary") == expected)
    }

    @Test("refuses no batch for one that is odd: an empty label, or an end before its start")
    func odd() throws {
        let backwards = Alert.sample(
            ["stream": "b"], startsAt: now.advanced(byMilliseconds: 600_000), endsAt: now)
        let alerts = [
            .sample(["stream": "a", "team": ""], startsAt: start), backwards,
            .sample(["stream": "c"], startsAt: now.advanced(byMilliseconds: 900_000)),
        ]
        #expect(try push(alerts) == 200)
        #expect(try active.contains { $0["labels"]?["stream"] == .string("a") && $0["labels"]?["team"] == nil })
    }
}
