import RedisClient
import TestSupport
import Testing

@Suite("A primary that sentinels watch", .serialized)
struct SentinelTests {
    @Test("is found by those that answer, and the next one within two polls; no incident, also once none answers")
    func killed() async throws {
        let stage = try await TestSentinels(sentinels: 4)
        let (hung, rest) = (stage.sentinels[0], stage.sentinels.dropFirst())
        hung.pause()
        let dead = try LoopbackListener.unusedPort()
        let streams = ["s1", "s2", "s3"]
        let weir = try await WeirProcess.following(
            "redis+sentinel://127.0.0.1:\(dead),\(stage.sentinels.map(\.name).joined(separator: ","))/mymaster",
            in: stage.nodes[0].server.folder, FailoverWatch.settings("stream: held"))
        let (old, new) = (stage.nodes[0], stage.nodes[1])
        let workload = LiveWorkload(streams, on: stage)
        try await workload.run {
            var watch = FailoverWatch(weir: weir, streams: streams)
            try await watch.awaitCalm()
            #expect(try await weir.metrics().value("redis_up", ["node": old.name]) == 1)
            let client = PrimaryCommands(stage)
            try await client.lay("held", entries: 0)
            let held = try await client.strand(2, in: "held")
            try await old.client().send("WAIT", "1", "1000")

            old.kill()
            let sentinel = try await rest[1].client()
            try await eventually(within: .seconds(30)) {
                let answer = try await sentinel.send("SENTINEL", "get-master-addr-by-name", "mymaster")
                return answer.elements?.last?.bytes.map {
                    new.name.hasSuffix(":\(String(decoding: $0, as: UTF8.self))")
                }
                    ?? false
            }
            let polls = try await weir.metrics().pollCount
            try await watch.see(new, in: old)
            let page = try await weir.metrics { $0.value("redis_up", ["node": new.name]) == 1 }
            #expect(page.pollCount - polls <= 2)
            #expect(workload.refused > 0)
            let action = try await weir.action(by: "again", within: .seconds(20))
            #expect(action.entries.map(\.id) == held)
            #expect(action.time >= watch.seen + 2 * FailoverWatch.window, "\(action.time - watch.seen)")
            try await watch.check(nodes: [new])

            for sentinel in rest { sentinel.kill() }
            let text = "the primary that was known before is sampled"
            try await weir.line(with: text)
            try await weir.polls(5)
            try await watch.check(nodes: [new])
            #expect(weir.output.split(separator: "\n").count { $0.contains(text) } == 1)
        }
    }

    @Test(
        "gives way to its replica, over TLS, as the user that weir acl prints, and with the least rights at sentinels",
        .enabled(if: ServerProgram.system.isFrom62))
    func givesWay() async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "IP:127.0.0.1")
        let stage = try await TestSentinels(
            sentinels: 1, access: TestAccess(certificates: certificates, password: "pw"), sentinelPassword: "spw")
        let client = try await stage.nodes[0].client()
        try await client.lay("s")
        // A replica that is linked gets nothing for up to a second, and a sentinel does not wait for it.
        try await client.send("WAIT", "1", "5000")
        let name = "\(stage.sentinels[0].name)/mymaster"
        let tls = "tls: {ca_file: \"\(certificates.authority)\"}"
        let text = """
            targets:
              - url: \(stage.url)
                streams: ["*"]
                username: weir
                password: CHANGE-ME
                \(tls)
                sentinel: {username: weir, password: least, \(tls)}
            poll: {interval: 200ms, discovery_interval: 1s}

            """
        let file = try stage.nodes[0].server.folder.write(text, to: "weir.yaml")
        let command = try await AccessListTests.command(["--config", file])
        for node in stage.nodes { try await node.client().send(command) }
        try await stage.sentinels[0].client().send(
            "ACL", "SETUSER", "weir", "on", ">least", "-@all", "+client|setname", "+sentinel|get-master-addr-by-name")
        let weir = try await WeirProcess.serving(["--config", file])
        let labels = ["node": stage.nodes[0].name, "target": name]
        try await weir.metrics { page in
            page.value("redis_up", labels) == 1 && page.value("redis_stream_length", ["stream": "s"]) == 1
        }
        let new = try await stage.failOver()
        let page = try await weir.metrics { $0.value("redis_up", ["node": new.name]) == 1 }
        #expect(page.all("redis_up").count == 1)
        try await new.client().send("XADD", "s", "*", "f", "v")
        try await weir.metrics { $0.value("redis_stream_group_lag", ["stream": "s", "target": name]) == 2 }
        #expect(try await weir.snapshot().stream("s")?.node == new.name)
        #expect(try await weir.snapshot().targets[0].events.isEmpty)
        #expect(!weir.output.contains("cannot be polled") && !weir.output.contains("may not run"))
        for node in stage.nodes { #expect(try await node.client().send("ACL", "LOG").elements == []) }
    }
}

extension MetricsText {
    /// Those that failed too.
    fileprivate var pollCount: Double { all("weir_polls_total").reduce(0) { $0 + $1.value } }
}
