import TestSupport
import Testing

@Suite("Remediation's guards", .serialized)
struct RemediationGuardTests {
    private static let again = "name: again, stream: \"s*\", group: g, action: requeue, min_idle: 1m"

    @Test("weir pause stops every policy at once and weir resume lets them go on")
    func pause() async throws {
        let stage = try await Stage(.system)
        let first = try await stage.strand(2)
        let begun = try await WeirProcess.run(["pause", "moving house", "--state-dir", stage.state])
        #expect(begun.status == 0)
        let weir = try await stage.weir(remediation(Self.again))
        let refused = try await weir.action(by: "again", "refused")
        #expect(refused.reason == "paused" && refused.text.contains("moving house"))
        // Longer than it would have waited.
        try await weir.polls(25)
        let paused = try await weir.actions()
        #expect(paused.paused && paused.pausedReason == "moving house" && paused.actions.count == 1)
        #expect(try await weir.metrics().value("weir_remediation_paused") == 1)
        #expect(try await stage.pending() == first)

        let ended = try await WeirProcess.run(["resume", "--config", "\(stage.server.folder.path)/weir.yaml"])
        #expect(ended.status == 0)
        #expect(try await weir.action(by: "again", within: .seconds(2)).entries.map(\.id) == first)
        try await weir.line(with: "remediation is no longer paused")
        try await weir.metrics { $0.value("weir_remediation_paused") == 0 }

        #expect(try await WeirProcess.run(["pause", "--state-dir", stage.state]).status == 0)
        let second = try await stage.strand(2)
        let page = try await weir.actions { $0.refusals() == ["paused", "paused"] }
        #expect(page.entries(by: "again").count == 2)
        // What was added again has been read since.
        #expect(try await stage.pending().suffix(2) == second)
        #expect(try await stage.values("s").count == 6)
    }

    @Test(
        "nothing moves on a replica, on a full server or while most groups are in trouble, and does when that is over")
    func server() async throws {
        let (replica, full, storm) = (
            try await Stage(.system), try await Stage(.system), try await Stage(.system)
        )
        var stranded: [String: [String]] = [:]
        for (name, stage) in [("replica", replica), ("full", full)] { stranded[name] = try await stage.strand(2) }
        for number in 0..<5 { stranded["s\(number)"] = try await storm.strand(2, in: "s\(number)") }
        try await replica.client.send("REPLICAOF", "127.0.0.1", "\(try LoopbackListener.unusedPort())")
        try await full.client.send("CONFIG", "SET", "maxmemory", "500kb")

        let targets = [("replica", replica), ("full", full), ("storm", storm)].map { $0.1.server.target($0.0) }
        let text = configuration(targets[0], targets[1], targets[2]) + remediation(Self.again)
        let weir = try await WeirProcess.serving(["--config", try storm.server.folder.write(text, to: "weir.yaml")])
        try await weir.actions { page in
            page.refusals(at: "replica") == ["not_primary"] && page.refusals(at: "full") == ["memory"]
                && page.refusals(at: "storm") == Array(repeating: "storm", count: 5)
        }
        try await weir.polls(15, of: "storm")
        #expect(try await weir.actions().actions.allSatisfy { $0.result == "refused" })

        try await full.client.send("CONFIG", "SET", "maxmemory", "0")
        for number in 0..<3 {
            for id in stranded["s\(number)"] ?? [] { try await storm.client.send("XACK", "s\(number)", "g", id) }
        }
        let page = try await weir.actions { $0.actions.count { $0.result == "moved" } == 3 }
        for row in page.actions where row.result == "moved" {
            #expect(row.entries.map(\.id) == stranded[row.target == "full" ? "full" : row.stream])
        }
        #expect(try await replica.pending() == stranded["replica"])
        let labels = ["action": "requeue", "result": "refused"]
        #expect(try await weir.metrics().value("weir_remediation_actions_total", labels) == 7)
    }

    @Test("idle times say nothing after a restart of the server: first refused, then done")
    func restart() async throws {
        var stage = try await Stage(.system, ["--appendonly", "yes", "--appendfsync", "always"])
        let stranded = try await stage.strand(2)
        let weir = try await stage.weir(
            remediation("name: again, stream: s, group: g, action: requeue, min_idle: 1s"))
        try await weir.actions { !$0.waiting.isEmpty }
        stage.server.kill()
        try await stage.server.restart()
        stage.client = try await stage.server.client()
        let refused = try await weir.action(by: "again", "refused")
        #expect(refused.reason == "discontinuity")
        #expect(try await stage.pending() == stranded)
        let row = try await weir.action(by: "again")
        #expect(row.entries.map(\.id) == stranded)
        #expect(row.time - refused.time >= 1)
        #expect(try await stage.values("s") == ["s 0", "s 1", "s 0", "s 1"])
        #expect(try await weir.actions().actions.count == 2)
    }

    @Test("what has been moved within the hour counts after a restart of weir too")
    func budget() async throws {
        let stage = try await Stage(.system)
        let stranded = try await stage.strand(8)
        let text = remediation(Self.again, keys: ["entries_per_hour: 5"])
        let first = try await stage.weir(text)
        #expect(try await first.action(by: "again").entries.map(\.id) == Array(stranded.prefix(5)))
        #expect(try await first.action(by: "again", "refused").reason == "hourly_budget")
        try await eventually { !stage.server.folder.read("state/remediation.json").isEmpty }
        first.signal(9)
        _ = try await first.exitStatus(within: .seconds(5))

        let second = try await stage.weir(text)
        let refused = try await second.action(by: "again", "refused")
        #expect(refused.reason == "hourly_budget" && refused.text.contains("the 5 entries of an hour"))
        #expect(try await second.actions().actions.count == 1)
        #expect(try await stage.pending() == Array(stranded.suffix(3)))
    }
}
