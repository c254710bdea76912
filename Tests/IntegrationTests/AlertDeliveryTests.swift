import TestSupport
import Testing

/// From trouble on a real server to the word of it at a receiver, and to the word of its end.
@Suite("Alerts", .serialized)
struct AlertDeliveryTests {
    private let server: RedisServer
    private let client: ServerCommands
    private let receiver: WebhookReceiver

    init() async throws {
        server = try await RedisServer()
        client = try await server.client()
        receiver = try WebhookReceiver()
    }

    private var state: String { "\(server.folder.path)/state" }

    private func file(_ rules: String, channel: String = "", more: String = "", streams: String = "s*") throws -> String
    {
        let text =
            configuration(server.target("test", "streams: [\"\(streams)\"]"))
                + """
                state_dir: \(state)
                health: {window: 5s, stale_after: 1s}
                rules: {MemoryUnlimited: false\(rules)}
                channels:
                  - {name: ops, type: webhook, url: "\(receiver.url("/hook"))"\(channel)}
                \(more)

                """
        return try server.folder.write(text, to: "weir.yaml")
    }

    private func weir(
        _ rules: String, channel: String = "", more: String = "", streams: String = "s*"
    ) async throws -> WeirProcess {
        try await .serving([
            "--config", try file(rules, channel: channel, more: more, streams: streams),
        ])
    }

    private func abandonWork() async throws {
        try await client.send("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM")
        for _ in 0..<10 { try await client.send("XADD", "s", "*", "f", "v") }
        try await client.send("XREADGROUP", "GROUP", "g", "dead", "COUNT", "3", "STREAMS", "s", ">")
    }

    @Test("tell of a consumer that is dead and of a group that has stopped, what explains it first, and of the end")
    func stopped() async throws {
        try await abandonWork()
        let weir = try await weir(", GroupStopped: {for: 0s}")
        let fired = try await receiver.alert(of: "GroupStopped", within: .seconds(20))
        #expect(fired.status == "firing")
        #expect(
            fired.labels == [
                "alertname": "GroupStopped", "severity": "critical", "target": "test", "stream": "s", "group": "g",
            ])
        #expect(fired.annotations["description"]?.contains("7 entries") == true)
        #expect(fired.annotations["runbook_url"]?.hasSuffix("/docs/runbooks/GroupStopped.md") == true)
        let command = try #require(fired.annotations["command"]).split(separator: " ").map(String.init)
        // It throws where the server does not understand it.
        try await client.send(command.map { Array($0.utf8) })
        try await client.send("XREADGROUP", "GROUP", "g", "alive", "COUNT", "100", "STREAMS", "s", ">")
        let ended = try await receiver.alert(of: "GroupStopped", after: 1)
        #expect(ended.status == "resolved" && ended.fingerprint == fired.fingerprint)
        // What its standstill had explained stands for itself now.
        let stale = try await receiver.alert(of: "ConsumerStale")
        #expect(stale.annotations["consumers"]?.contains("dead") == true)
        try await weir.metrics { $0.value("weir_notifications_total", ["result": "delivered"]) ?? 0 >= 2 }
    }

    @Test("end with the stream that they are about, and say so")
    func deleted() async throws {
        try await abandonWork()
        let weir = try await weir(", GroupStopped: false")
        let fired = try await receiver.alert(of: "ConsumerStale", within: .seconds(20))
        #expect(fired.status == "firing")
        try await client.send("DEL", "s")
        let ended = try await receiver.alert(of: "ConsumerStale", after: 1)
        #expect(ended.status == "resolved")
        #expect(ended.annotations["description"]?.contains("the stream has been deleted") == true)
        let alerts = try await weir.request("GET", "/api/v1/alerts").text
        #expect(alerts.contains("\"ended_because\":\"stream_gone\""))
    }

    @Test("of a server that is down are one, and what it explains is told of only when it is back")
    func down() async throws {
        try await client.send("XADD", "s", "*", "f", "v")
        let weir = try await weir(", RedisDown: {for: 0s}")
        try await weir.metrics { $0.value("redis_up") == 1 }
        server.kill()
        let fired = try await receiver.alert(of: "RedisDown")
        #expect(fired.labels["node"] == server.node && fired.annotations["description"] != nil)
        try await server.restart()
        let ended = try await receiver.alert(of: "RedisDown", after: 1, within: .seconds(20))
        #expect(ended.status == "resolved")
        #expect(
            try receiver.requests.flatMap(ReceivedAlert.all).allSatisfy {
                $0.rule == "RedisDown" || $0.rule == "RolledBack"
            })
    }

    @Test("are not told of while there is a silence, and are when it has been ended")
    func silenced() async throws {
        let silence = try await WeirProcess.run([
            "silence", "stream=s", "1h", "--state-dir", state, "--comment", "test",
        ])
        #expect(silence.status == 0 && silence.output.contains("silenced until"))
        try await abandonWork()
        let weir = try await weir(", GroupStopped: {for: 0s}")
        try await eventually(within: .seconds(20)) {
            try await weir.request("GET", "/api/v1/alerts").text
        } until: {
            $0.contains("\"silenced\":true") && $0.contains("\"comment\":\"test\"")
        }
        #expect(receiver.requests.isEmpty)
        let ended = try await WeirProcess.run([
            "silence", "stream=s", "0s", "--config", "\(server.folder.path)/weir.yaml",
        ])
        #expect(ended.status == 0)
        #expect(try await receiver.alert(of: "GroupStopped").status == "firing")
    }

    @Test("go to the channels that a reload names, under the rules that it sets")
    func reloaded() async throws {
        try await abandonWork()
        let other = try WebhookReceiver()
        let weir = try await weir(", GroupStopped: false, ConsumerStale: {notify: []}")
        try await weir.line(with: "firing", "ConsumerStale")
        let more = "  - {name: new, type: webhook, url: \"\(other.url())\"}"
        _ = try file(", GroupStopped: false, ConsumerStale: {notify: [new]}", more: more)
        weir.signal(1)
        #expect(try await other.alert(of: "ConsumerStale").status == "firing")
        _ = try file(", GroupStopped: false, ConsumerStale: false", more: more)
        weir.signal(1)
        let ended = try await other.alert(of: "ConsumerStale", after: 1)
        #expect(ended.annotations["description"]?.contains("the rule has been switched off") == true)
        #expect(receiver.requests.isEmpty)
    }

    @Test("survive a restart: nothing is told twice, and the end is")
    func restarted() async throws {
        try await abandonWork()
        let first = try await weir(", GroupStopped: {for: 0s}")
        _ = try await receiver.alert(of: "GroupStopped", within: .seconds(20))
        first.signal(9)
        _ = try await first.exitStatus(within: .seconds(5))
        let second = try await weir(", GroupStopped: {for: 0s}")
        // Its window is full: it has seen that the group still stands.
        try await second.metrics(within: .seconds(20)) {
            $0.value("redis_stream_group_status", ["status": "stopped"]) == 1
        }
        try await client.send("XREADGROUP", "GROUP", "g", "alive", "COUNT", "100", "STREAMS", "s", ">")
        #expect(try await receiver.alert(of: "GroupStopped", after: 1).status == "resolved")
        #expect(try receiver.alerts(of: "GroupStopped").map(\.status) == ["firing", "resolved"])
    }

    @Test("are watched over by a heartbeat, which stops when polls no longer succeed")
    func heartbeat() async throws {
        try await client.send("XADD", "s", "*", "f", "v")
        let weir = try await weir(
            "", more: "heartbeat: {url: \"\(receiver.url("/beat"))\", every: 1s}")
        #expect(try await receiver.nextRequest().path == "/beat")
        server.kill()
        try await weir.line(within: .seconds(40), with: "the heartbeat is not sent", "has not been polled lately")
    }

    @Test("of a channel that is tried out say what its receiver answers")
    func tried() async throws {
        let wrong = try WebhookReceiver { _ in .reply(403, "no such token") }
        let path = try file("", more: "  - {name: wrong, type: slack, url: \"\(wrong.url("/secret-token"))\"}")
        let good = try await WeirProcess.run(["notify-test", "ops", "--config", path])
        #expect(
            good.status == 0 && good.output.contains("ops: firing: 200") && good.output.contains("ops: resolved: 200"))
        let statuses = try receiver.requests.flatMap(ReceivedAlert.all).map(\.status)
        #expect(statuses == ["firing", "resolved"])
        let bad = try await WeirProcess.run(["notify-test", "wrong", "--config", path])
        #expect(bad.status == 1 && bad.output.contains("wrong: firing: 403 no such token"))
        #expect(!bad.output.contains("secret-token"))
        let missing = try await WeirProcess.run(["notify-test", "nobody", "--config", path])
        #expect(missing.status == 64 && missing.output.contains("ops, wrong"))
    }
}
