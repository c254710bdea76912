import TestSupport
import Testing

@Suite("Pushing to Alertmanager", .serialized)
struct AlertmanagerPushTests {
    @Test(
        "shows every one of them what fires, and that it is over",
        .enabled(if: AlertmanagerServer.isInstalled))
    func push() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        let peers = [try await AlertmanagerServer(), try await AlertmanagerServer()]
        let urls = peers.map { "\"http://127.0.0.1:\($0.port)\"" }.joined(separator: ", ")
        let text =
            configuration(server.target("test", "streams: [s], expect: [{stream: s, group: g}], labels: {team: shop}"))
                + """
                rules: {MemoryUnlimited: false, GroupMissing: {for: 0s}}
                channels: [{name: am, type: alertmanager, urls: [\(urls)]}]

                """
        let weir = try await WeirProcess.serving([
            "--config", try server.folder.write(text, to: "weir.yaml"),
        ])
        for peer in peers {
            let alerts = try await eventually {
                try peer.alerts()
            } until: {
                $0.contains("GroupMissing")
            }
            #expect(alerts.contains("\"team\":\"shop\"") && alerts.contains("\"state\":\"active\""))
        }
        try await client.send("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM")
        for peer in peers {
            try await eventually {
                try peer.alerts()
            } until: {
                !$0.contains("GroupMissing")
            }
        }
        try await weir.metrics {
            $0.value("weir_notifications_total", ["channel": "am", "result": "delivered"]) == 4
        }
    }
}

extension AlertmanagerServer {
    /// What is active, as the API has it.
    fileprivate func alerts() throws -> String {
        try HTTPClient.request("GET", "/api/v2/alerts?active=true", port: port).text
    }
}
