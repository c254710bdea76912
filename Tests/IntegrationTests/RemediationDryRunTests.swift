import RedisClient
import TestSupport
import Testing

@Suite("Remediation that may not act", .serialized)
struct RemediationDryRunTests {
    private static let writing: Set = [
        "xadd", "xack", "eval", "evalsha", "xautoclaim", "xclaim", "xreadgroup", "xgroup", "xgroup|delconsumer",
        "xgroup|createconsumer", "script", "script|load",
    ]

    @Test("waits, refuses and shows each entry once under the ceiling dry-run, and writes nothing")
    func dryRun() async throws {
        let stage = try await Stage(.system)
        let stranded = try await stage.strand(10)
        let poison = try await stage.strand(3, in: "p", deliveries: 7)
        try await stage.strand(2, in: "q")
        let before = try await stage.dump("s", "p", "q")
        try await stage.client.send("CONFIG", "RESETSTAT")
        let weir = try await stage.weir(
            remediation(
                "name: again, mode: act, stream: s, group: g, action: requeue, min_idle: 1m",
                "name: dead, stream: p, group: g, action: dead_letter, min_idle: 1m, after_deliveries: 5, to_stream: dead",
                "name: over, stream: q, group: g, action: claim, min_idle: 1m, to: nobody, rereads_own_pel: true",
                mode: "dry-run"))

        let waiting = try await weir.actions { $0.waiting.count == 3 }
        #expect(waiting.waiting.allSatisfy { $0.reason == "windows" })
        #expect(waiting.actions.isEmpty)
        try await weir.actions { $0.actions.count == 3 }
        try await weir.polls(15)
        let page = try await weir.actions()
        #expect(page.mode == "dry-run")
        #expect(page.actions.map(\.result).sorted() == ["dry_run", "dry_run", "refused"])
        #expect(page.actions.allSatisfy { $0.mode == "dry-run" })
        let shown = page.entries(by: "again", "dry_run")
        #expect(shown.map(\.id) == stranded)
        #expect(shown.allSatisfy { $0.consumer == "c" && $0.deliveries == 2 && $0.copy == nil })
        #expect(shown.allSatisfy { (120..<180).contains($0.idleSeconds ?? 0) })
        #expect(page.entries(by: "dead", "dry_run").map(\.id) == poison)
        #expect(page.refusals() == ["no_such_consumer"])
        let metrics = try await weir.metrics()
        for (action, entries) in [("requeue", 10.0), ("dead_letter", 3)] {
            let labels = ["action": action, "result": "dry_run"]
            #expect(metrics.value("weir_remediation_actions_total", labels) == 1)
            #expect(metrics.value("weir_remediation_entries_total", labels) == entries)
        }
        #expect(metrics.all("weir_remediation_actions_total", ["result": "moved"]).allSatisfy { $0.value == 0 })

        let calls = try await stage.calls()
        #expect(Set(calls.keys).isDisjoint(with: Self.writing), "\(calls)")
        #expect((calls["xpending"] ?? 0) > 0)
        #expect(try await stage.dump("s", "p", "q") == before)
        #expect(try await stage.client.send("EXISTS", "dead").integer == 0)

        let more = try await stage.strand(2)
        #expect(
            try await weir.actions { $0.actions.count == 4 }.entries(by: "again", "dry_run").map(\.id) == stranded
                + more)
    }

    @Test("does nothing at all where no mode is set")
    func off() async throws {
        let stage = try await Stage(.system)
        let stranded = try await stage.strand(3)
        let weir = try await stage.weir(
            remediation("name: again, stream: s, group: g, action: requeue, min_idle: 1m", mode: nil))
        try await weir.metrics { $0.value("redis_stream_group_messages_pending", ["stream": "s"]) == 3 }
        let connections = try await stage.connectionsMade()
        try await weir.polls(25)
        // Not even one that was closed again.
        #expect(try await stage.connectionsMade() == connections)
        #expect(try await stage.client.weirConnections().count == 1)
        let page = try await weir.actions()
        #expect(page.mode == "off" && page.actions.isEmpty && page.waiting.isEmpty)
        #expect(try await weir.metrics().all("weir_remediation_actions_total").isEmpty)
        #expect(try await stage.pending() == stranded)
    }
}

extension Stage {
    /// How many connections the server has ever taken.
    fileprivate func connectionsMade() async throws -> Int? {
        let lines = String(decoding: try await client.send("INFO", "stats").bytes ?? [], as: UTF8.self)
            .split(separator: "\r\n")
        let name = "total_connections_received:"
        return lines.first { $0.hasPrefix(name) }.flatMap { Int($0.dropFirst(name.count)) }
    }
}
