import TestSupport
import Testing

/// What a restart of weir must not forget, with the process killed in between.
@Suite("A restart of weir", .serialized)
struct RestartTests {
    private struct Stage {
        let server: RedisServer
        let client: ServerCommands

        init() async throws {
            server = try await RedisServer()
            client = try await server.client()
            try await client.send("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM")
            try await client.send("XGROUP", "CREATE", "s", "h", "0")
            try await client.send("XREADGROUP", "GROUP", "h", "c", "STREAMS", "s", "0")
            try await add(10)
            try await read(2)
        }

        func add(_ entries: Int) async throws {
            for _ in 0..<entries { try await client.send("XADD", "s", "*", "f", "v") }
        }

        func read(_ entries: Int) async throws {
            try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "\(entries)", "STREAMS", "s", ">")
        }

        var state: String { "\(server.folder.path)/state" }

        func weir(_ more: String = "") async throws -> WeirProcess {
            let text = configuration(server.target("test")) + "state_dir: \(state)\n\(more)"
            return try await .serving(["--config", try server.folder.write(text, to: "weir.yaml")])
        }
    }

    private static let lost = "redis_stream_group_entries_lost_total"
    private static let delivered = "redis_stream_group_entries_delivered_total"

    @Test("continues its counters, also with what happened while it was away")
    func counters() async throws {
        let stage = try await Stage()
        let first = try await stage.weir()
        try await first.metrics { $0.value(Self.lost, ["group": "g"]) == 0 }
        try await stage.client.send("XTRIM", "s", "MAXLEN", "3")
        try await first.metrics { $0.value(Self.lost, ["group": "g"]) == 5 }
        // A loss is written with the poll that saw it.
        try await eventually {
            String(decoding: stage.server.folder.read("state/memory-test.json"), as: UTF8.self)
        } until: {
            $0.contains("\"lost\":5")
        }
        first.signal(9)
        _ = try await first.exitStatus(within: .seconds(5))
        try await stage.read(2)
        try await stage.add(4)
        let second = try await stage.weir()
        let page = try await second.metrics { page in
            // Before Redis 7.0 nothing tells of deliveries from while it was away.
            page.value(Self.lost, ["group": "g"]) == 5
                && (page.value(Self.delivered, ["group": "g"]) == 2 || !ServerProgram.system.countsEntries)
        }
        #expect(page.value("weir_state_files_set_aside_total") == 0)
    }

    @Test("misses a group that went while it was away")
    func vanished() async throws {
        let stage = try await Stage()
        let first = try await stage.weir()
        try await first.metrics { $0.value("redis_stream_group_consumers", ["group": "h"]) == 1 }
        // What is not urgent is written when weir ends.
        first.signal(15)
        #expect(try await first.exitStatus(within: .seconds(5)) == 0)
        try await stage.client.send("XGROUP", "DESTROY", "s", "h")
        let second = try await stage.weir()
        let line = try await second.line(with: "vanished", "group=h")
        #expect(line.contains("XGROUP CREATE s h 0-0"))
        let snapshot = try await second.request("GET", "/api/v1/snapshot").text
        #expect(snapshot.contains("\"vanished_groups\":[{\"group\":\"h\""))
    }

    @Test("sets a ruined file aside, says so, counts it, and goes on")
    func ruined() async throws {
        let stage = try await Stage()
        let first = try await stage.weir()
        try await first.metrics { $0.value(Self.lost, ["group": "g"]) == 0 }
        first.signal(15)
        _ = try await first.exitStatus(within: .seconds(5))
        let whole = stage.server.folder.read("state/memory-test.json")
        #expect(whole.count > 100)
        try stage.server.folder.write(whole.prefix(whole.count / 2), to: "state/memory-test.json")
        let second = try await stage.weir()
        try await second.line(with: "a state file is of no use", "memory-test.json.unreadable")
        try await second.metrics {
            $0.value("weir_state_files_set_aside_total") == 1 && $0.value(Self.lost, ["group": "g"]) == 0
        }
        #expect(stage.server.folder.entries(of: "state").contains { $0.hasPrefix("memory-test.json.unreadable") })
    }

    @Test("without state_dir is said to forget, and with one that cannot be used too")
    func nothingKept() async throws {
        let server = try await RedisServer()
        let without = try await WeirProcess.serving(["--redis", server.url])
        try await without.line(with: "no state_dir", "forgets the losses")
        let file = try server.folder.write("x", to: "file")
        let unusable = try await WeirProcess.serving(["--redis", server.url, "--state-dir", "\(file)/state"])
        try await unusable.line(with: "state_dir cannot be used", "file/state")
        try await unusable.metrics { $0.value("redis_up") == 1 }
    }

    @Test("is kept apart from another weir's in the same folder")
    func locked() async throws {
        let stage = try await Stage()
        let first = try await stage.weir()
        try await first.metrics { $0.value(Self.lost, ["group": "g"]) == 0 }
        let second = try await stage.weir()
        try await second.line(with: "state_dir cannot be used", "another weir", "\(first.identifier)")
        try await second.metrics { $0.value(Self.lost, ["group": "g"]) == 0 }
    }
}
