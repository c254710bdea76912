import RedisClient
import StreamModel
import TestSupport
import Testing

@Suite("Remediation that acts", .serialized)
struct RemediationActTests {
    /// What is done to entries is tried on all of them beneath the daemon; here, on the oldest and the newest.
    private static let programs = ServerProgram.all.filter { ["system", "redis-6.0", "valkey-9.1"].contains($0.name) }

    @Test(
        "puts copies where policies say, with their origin for the dead, and leaves alone what is worked on",
        arguments: programs)
    func moves(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        let own = try await stage.strand(3, in: "own")
        let held = try await stage.hold([entry("new")], in: "own", by: "alive", idle: 0).map(\.description)
        try await stage.strand(2, in: "away")
        try await stage.client.send("XGROUP", "CREATE", "away", "h", "0")
        let poison = try await stage.strand(2, in: "mixed", deliveries: 7)
        let rest = try await stage.strand(2, in: "mixed")
        let weir = try await stage.weir(
            remediation(
                "name: again, stream: own, group: g, action: requeue, min_idle: 1m",
                "name: retry, stream: away, group: g, action: requeue, min_idle: 1m, to_stream: later",
                "name: rest, stream: mixed, group: \"*\", action: requeue, min_idle: 1m",
                "name: dead, stream: mixed, group: \"*\", action: dead_letter, min_idle: 1m, after_deliveries: 5, "
                    + "to_stream: dead"))
        let page = try await weir.actions { $0.actions.count >= 4 }

        #expect(page.actions.allSatisfy { $0.result == "moved" && $0.mode == "act" })
        #expect(page.entries(by: "again").map(\.id) == own)
        #expect(page.entries(by: "again").allSatisfy { $0.consumer == "c" && $0.deliveries == 2 })
        let entries = try await stage.entries("own").map { ($0.id.description, $0.fields) }
        #expect(
            entries.map(\.1) == [0, 1, 2].map { entry("own \($0)") } + [entry("new")]
                + [0, 1, 2].map { entry("own \($0)") })
        #expect(page.entries(by: "again").map(\.copy) == entries.suffix(3).map(\.0))
        #expect(try await stage.pending("own") == held)
        #expect(try await stage.values("later") == ["away 0", "away 1"])
        #expect(try await stage.pending("away").isEmpty)
        #expect(page.entries(by: "rest").map(\.id) == rest)
        #expect(page.entries(by: "dead").map(\.id) == poison)
        #expect(try await stage.pending("mixed").isEmpty)
        let dead = try await stage.entries("dead").map { $0.fields.map { String(decoding: $0, as: UTF8.self) } }
        for (index, fields) in dead.enumerated() {
            let origin = [
                "weir-stream", "mixed", "weir-id", poison[index], "weir-group", "g", "weir-consumer", "c",
                "weir-deliveries", "7", "weir-at",
            ]
            #expect(fields.dropLast() == ["job", "mixed \(index)"] + origin)
        }
        #expect(dead.count == 2)

        let metrics = try await weir.metrics {
            $0.value("redis_stream_group_entries_acknowledged_total", ["stream": "own"]) == 3
        }
        for (action, actions, entries) in [("requeue", 3.0, 7.0), ("dead_letter", 1, 2)] {
            let labels = ["action": action, "result": "moved"]
            #expect(metrics.value("weir_remediation_actions_total", labels) == actions)
            #expect(metrics.value("weir_remediation_entries_total", labels) == entries)
        }
        #expect(metrics.all("redis_stream_group_entries_lost_total").allSatisfy { $0.value == 0 })
    }

    @Test(
        "claims for a consumer that reads its own entries again, and for no other; what is gone is lost",
        arguments: programs.filter(\.isFrom62))
    func claims(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        var claimed = try await stage.strand(4, in: "good")
        let gone = claimed.remove(at: 1)
        try await stage.client.send("XDEL", "good", gone)
        for stream in ["undeclared", "missing", "dead"] {
            try await stage.strand(1, in: stream)
            if stream != "missing" {
                try await stage.client.send("XREADGROUP", "GROUP", "g", "rescuer", "STREAMS", stream, "0")
            }
        }
        let before = try await stage.dump("undeclared", "missing", "dead")
        let claim = "group: g, action: claim, min_idle: 1m, to: rescuer"
        try await withRescuer(on: stage) {
            let weir = try await stage.weir(
                remediation(
                    "name: good, stream: good, \(claim), rereads_own_pel: true",
                    "name: undeclared, stream: undeclared, \(claim)",
                    "name: missing, stream: missing, \(claim), rereads_own_pel: true",
                    "name: dead, stream: dead, \(claim), rereads_own_pel: true"))
            let page = try await weir.actions { $0.actions.count == 4 }
            let row = try await weir.action(by: "good")
            #expect(row.entries.map(\.id) == claimed)
            #expect(row.entries.allSatisfy { $0.consumer == "c" && $0.deliveries == 2 && $0.copy == nil })
            #expect(row.to == "rescuer" && row.count == 3 && row.purged == [gone])
            try await eventually { try await stage.pending("good").isEmpty }

            let reasons = ["undeclared": "not_declared", "missing": "no_such_consumer", "dead": "not_alive"]
            for row in page.actions where row.policy != "good" {
                #expect(row.result == "refused" && row.reason == reasons[row.policy])
                try await weir.line(
                    with: "claim: Refused for group g of stream \(row.stream)", "reason=\(row.reason ?? "")")
            }
            let metrics = try await weir.metrics {
                $0.value("redis_stream_group_entries_lost_total", ["stream": "good"]) == 1
            }
            let labels = ["action": "claim", "result": "refused"]
            #expect(metrics.value("weir_remediation_actions_total", labels) == 3)
            #expect(metrics.value("weir_remediation_entries_total", ["action": "claim", "result": "moved"]) == 3)
        }
        #expect(try await stage.dump("undeclared", "missing", "dead") == before)
    }

    @Test("refuses to claim where the server cannot", arguments: ServerProgram.all.filter { !$0.isFrom62 })
    func noAutoclaim(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        let stranded = try await stage.strand(2, in: "good")
        try await withRescuer(on: stage) {
            let weir = try await stage.weir(
                remediation(
                    "name: good, stream: good, group: g, action: claim, min_idle: 1m, to: rescuer, rereads_own_pel: true"
                ))
            #expect(try await weir.action(by: "good", "refused").reason == "no_autoclaim")
            try await weir.line(with: "the server has no XAUTOCLAIM", "reason=no_autoclaim")
            try await weir.metrics {
                $0.value("weir_remediation_actions_total", ["action": "claim", "result": "refused"]) == 1
            }
        }
        #expect(try await stage.pending("good") == stranded)
    }

    /// While the consumer `rescuer` of `good` reads again and again what it holds, and acknowledges it.
    private func withRescuer(on stage: Stage, _ body: () async throws -> Void) async throws {
        let client = try await stage.server.client()
        let read = ["XREADGROUP", "GROUP", "g", "rescuer", "STREAMS", "good", "0"].map { Array($0.utf8) }
        try await client.send(read)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    for entry in try await client.send(read).entries {
                        try await client.send("XACK", "good", "g", entry.id)
                    }
                    try? await Task.sleep(for: .milliseconds(50))
                }
            }
            defer { group.cancelAll() }
            try await body()
        }
    }

    @Test(
        "fails where this user may not run a command: said once, not at each attempt",
        arguments: ["xack", "xautoclaim"].filter { ServerProgram.system.isFrom62 || $0 != "xautoclaim" }
    )
    func denied(command: String) async throws {
        let stage = try await Stage(.system)
        let stranded = try await stage.strand(2, in: "good")
        let rights = ["ACL", "SETUSER", "weir", "on", ">pw", "~*", "+@all", "-\(command)"]
        try await stage.client.send(rights.map { Array($0.utf8) })
        let task =
            command == "xautoclaim" ? "action: claim, to: rescuer, rereads_own_pel: true" : "action: requeue"
        let text =
            configuration(stage.server.target("test", "username: weir, password: pw"))
            + remediation("name: good, stream: good, group: g, min_idle: 1m, \(task)")
        try await withRescuer(on: stage) {
            let weir = try await WeirProcess.serving([
                "--config", try stage.server.folder.write(text, to: "weir.yaml"),
            ])
            let row = try await weir.action(by: "good", "failed")
            // It is tried again after five seconds.
            try await weir.polls(60)
            #expect(try await weir.actions().actions.count == 1)
            let lines = weir.output.split(separator: "\n").filter { $0.contains("for group g of stream good") }
            #expect(lines.count == 1 && lines[0].contains("reason=\(row.reason ?? "?")"), "\(lines)")
        }
        #expect(try await stage.pending("good") == stranded)
    }

    /// DEBUG of Redis 6.0 does not know how to leave a checksum out.
    @Test(
        "deletes a consumer that is abandoned, and none that was seen or holds anything",
        .enabled(if: ServerProgram.system.isFrom62))
    func forgets() async throws {
        let stage = try await Stage(.system, ServerProgram.system.debugging)
        let held = try await stage.hold([entry("held")], by: "holder").map(\.description)
        for name in ["absent", "present"] {
            try await stage.client.send("XREADGROUP", "GROUP", "g", name, "STREAMS", "s", "0")
        }
        for name in ["absent", "holder"] { try await stage.backdate(name) }
        let weir = try await stage.weir(
            remediation(
                "name: tidy, stream: s, group: g, action: forget_consumer", health: ", abandoned_after: 1m"))
        let row = try await weir.action(by: "tidy")
        #expect(row.forgotten == ["absent"] && row.count == 1)
        #expect(try await stage.consumers() == ["holder", "present"])
        #expect(try await stage.pending() == held)
        try await weir.metrics {
            $0.value("weir_remediation_entries_total", ["action": "forget_consumer", "result": "moved"]) == 1
                && $0.value("redis_stream_group_consumers") == 2
        }
    }
}

extension Stage {
    fileprivate func consumers() async throws -> [String] {
        let list = try await client.send("XINFO", "CONSUMERS", "s", "g").elements ?? []
        return list.compactMap { $0.elements?[1].bytes.map { String(decoding: $0, as: UTF8.self) } }.sorted()
    }

    /// Has the consumer of `s` not been seen for two minutes: no command does that, but a copy of the key may say so.
    fileprivate func backdate(_ consumer: String) async throws {
        var payload = try #require(try await client.send("DUMP", "s").bytes)
        // Its name after its length, then when it was seen: milliseconds, the lowest byte first.
        let name = [UInt8(consumer.utf8.count)] + Array(consumer.utf8)
        let end = try #require(payload.firstRange(of: name)).upperBound
        let time = end..<end + 8
        let seen = payload[time].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } - 120_000
        payload.replaceSubrange(time, with: (0..<8).map { UInt8(truncatingIfNeeded: seen >> (8 * $0)) })
        try await client.send("DEBUG", "SET-SKIP-CHECKSUM-VALIDATION", "1")
        try await client.send([Array("RESTORE".utf8), Array("s".utf8), Array("0".utf8), payload, Array("REPLACE".utf8)])
    }
}
