import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

/// Keys are spelt as docs/api.md has them: schema 1 may grow, and nothing in it goes away.
@Suite("The snapshot as JSON")
struct SnapshotDocumentTests {
    private func document(_ targets: [TargetSnapshot]) throws -> JSONValue {
        let json = SnapshotDocument(targets, at: Timestamp(milliseconds: 1_790_000_000_250)).json()
        return try JSONValue(reading: json)
    }

    private func expect(_ value: JSONValue?, has keys: [String], null: [String], also: [String] = []) throws {
        let value = try #require(value)
        #expect(value.keys == (keys + also).sorted())
        #expect(value.nullKeys == null.sorted())
    }

    @Test("has a schema, a time and targets")
    func outermost() throws {
        let document = try document([])
        #expect(
            document
                == .object([
                    "schema": .number(1), "time": .number(1_790_000_000.25), "targets": .array([]),
                    "weir": .string(Version.current),
                ]))
    }

    @Test("has every key of a target and its nodes, null where it is not known")
    func targets() throws {
        let down = NodeSnapshot(node: "/run/redis.sock", isUp: false, error: "no answer", observation: nil)
        let targets = try document([
            .sample(nodes: [.up]), .sample("u", isUp: false, error: "no answer", nodes: [down]),
        ])
        let up = targets["targets"]?[0]
        try expect(
            up, has: ["name", "up", "error", "nodes", "streams", "events"],
            null: ["error", "interval_seconds", "last_poll"],
            also: ["streams_not_sampled", "names_not_sampled", "interval_seconds", "last_poll"])
        let keys = ["node", "up", "error", "kind", "version", "role", "memory"]
        let share = ["slots", "streams", "persistence"]
        try expect(up?["nodes"]?[0], has: keys, null: ["error", "slots"], also: share)
        #expect(up?["nodes"]?[0]?["version"] == .string("8.0.3"))
        #expect(up?["nodes"]?[0]?["kind"] == .string("redis"))
        let memory = up?["nodes"]?[0]?["memory"]
        try expect(memory, has: ["used_bytes", "max_bytes", "runway_seconds"], null: ["runway_seconds"])
        #expect(memory?["max_bytes"] == .number(0))
        let saved = ["changes_since_save", "last_save_time", "last_save_ok", "aof_enabled", "aof_ok"]
        try expect(up?["nodes"]?[0]?["persistence"], has: saved, null: saved)

        let other = targets["targets"]?[1]
        #expect(other?["up"] == .bool(false))
        #expect(other?["error"] == .string("no answer"))
        try expect(other?["nodes"]?[0], has: keys, null: ["kind", "version", "role", "slots"], also: share)
        try expect(
            other?["nodes"]?[0]?["memory"], has: ["used_bytes", "max_bytes", "runway_seconds"],
            null: ["used_bytes", "max_bytes", "runway_seconds"])
    }

    @Test("has every key of a stream, null where it is not known")
    func streams() throws {
        let streams = try document([.sample(streams: [.sample(), .failing()])])["targets"]?[0]?["streams"]
        let keys = [
            "stream", "db", "node", "length", "entries_added", "last_entry_age_seconds", "memory_bytes",
            "produced_per_second", "error", "groups",
        ]
        let also = ["sample_age_seconds", "counters_age_seconds", "members", "vanished_groups"]
        try expect(
            streams?[0], has: keys,
            null: ["memory_bytes", "produced_per_second", "error", "counters_age_seconds", "members"], also: also)
        #expect(streams?[0]?["db"] == .string("db3"))
        #expect(streams?[0]?["length"] == .number(7))
        try expect(
            streams?[1], has: keys,
            null: [
                "length", "entries_added", "last_entry_age_seconds", "memory_bytes", "produced_per_second",
                "counters_age_seconds", "members",
            ], also: also)
        #expect(streams?[1]?["error"] == .string("the key does not hold a stream"))
        #expect(streams?[1]?["groups"] == .array([]))
    }

    @Test("has every key of a group, its lag, its pending entries and its consumers")
    func groups() throws {
        var stale = ConsumerSnapshot.sample(Name("d"))
        stale.status = .stale
        var group = GroupSnapshot.sample(consumers: [.sample(), stale])
        group.status = .stalled
        let document = try document([.sample(streams: [.sample(groups: [group])])])
        let found = document["targets"]?[0]?["streams"]?[0]?["groups"]?[0]
        let unknown = [
            "delivered_per_second", "acknowledged_per_second", "hold_seconds_p50", "hold_seconds_p99",
            "draining", "drain_seconds", "trim_margin_entries", "trim_margin_seconds",
        ]
        let alsoUnknown = ["error", "entries_delivered", "entries_acknowledged"]
        let known = ["group", "status", "lag", "pending", "consumers", "entries_lost"]
        try expect(
            found, has: unknown + known, null: unknown + alsoUnknown,
            also: alsoUnknown + ["consumers_not_shown", "entries_skipped"])
        try expect(
            found?["lag"], has: ["entries", "state", "uncertainty", "reported", "seconds"],
            null: ["entries", "uncertainty", "reported", "seconds"])
        let pending = [
            "max_idle_seconds", "oldest_age_seconds", "max_deliveries", "poison", "dangling", "coverage_ratio",
        ]
        try expect(found?["pending"], has: ["entries"] + pending, null: pending)
        let consumer = [
            "consumer", "status", "pending", "idle_seconds", "inactive_seconds", "max_pending_idle_seconds",
        ]
        try expect(
            found?["consumers"]?[0], has: consumer, null: ["status", "inactive_seconds", "max_pending_idle_seconds"])
        #expect(found?["consumers"]?[0]?["idle_seconds"] == .number(1.5))
        #expect(found?["consumers"]?[1]?["status"] == .string("stale"))
        #expect(found?["status"] == .string("stalled"))
    }

    @Test("has the lag of a group over the window where that is asked for, in the same order as the times")
    func history() throws {
        var group = GroupSnapshot.sample()
        group.lagHistory = LagHistory([
            LagHistory.Sample(time: Timestamp(milliseconds: 1_500), entries: nil),
            LagHistory.Sample(time: Timestamp(milliseconds: 6_500), entries: 7),
        ])
        let targets = [TargetSnapshot.sample(streams: [.sample(groups: [group])])]
        let json = SnapshotDocument(targets, at: Timestamp(milliseconds: 0), hasHistory: true).json()
        let found = try JSONValue(reading: json)["targets"]?[0]?["streams"]?[0]?["groups"]?[0]?["history"]
        #expect(
            found
                == .object(["times": .array([.number(1.5), .number(6.5)]), "lag": .array([.null, .number(7)])]))
    }

    @Test(
        "says how sure the lag is",
        arguments: [
            (nil, "unknown", .null, .null), (.exact(0), "exact", .number(0), .number(0)),
            (Lag(entries: 6, uncertainty: 5), "estimated", .number(6), .number(5)),
        ] as [(Lag?, String, JSONValue, JSONValue)])
    func lag(lag: Lag?, state: String, entries: JSONValue, uncertainty: JSONValue) throws {
        let document = try document([.sample(streams: [.sample(groups: [.sample(lag: lag)])])])
        let found = document["targets"]?[0]?["streams"]?[0]?["groups"]?[0]?["lag"]
        #expect(found?["state"] == .string(state))
        #expect(found?["entries"] == entries)
        #expect(found?["uncertainty"] == uncertainty)
    }

    @Test("has the figures where they are known, each under its own key")
    func known() throws {
        let target = try document([.full])["targets"]?[0]
        #expect(target?["streams_not_sampled"] == .number(3))
        #expect(target?["names_not_sampled"] == .array([.string("x"), .string("\\xff")]))
        #expect(target?["nodes"]?[0]?["memory"]?["runway_seconds"] == .number(7_200))
        #expect(target?["nodes"]?[0]?["slots"] == .number(5_461))
        #expect(target?["nodes"]?[0]?["streams"] == .number(1))
        try expect(
            target?["events"]?[0], has: ["time", "event", "stream", "group", "entries", "restore"], null: [],
            also: ["at_least"])
        #expect(target?["events"]?[0]?["at_least"] == .bool(true))
        let stream = target?["streams"]?[0]
        let ofStream: [String: JSONValue] = [
            "memory_bytes": .number(4_096), "produced_per_second": .number(12.5), "counters_age_seconds": .number(15),
            "members": .number(2),
            "vanished_groups": .array([
                .object([
                    "group": .string("v"), "since": .number(1_789_973_300), "restore": .string("XGROUP CREATE s v 5-0"),
                ])
            ]),
        ]
        for (key, value) in ofStream { #expect(stream?[key] == value, "\(key)") }
        let ofGroup: [String: JSONValue] = [
            "entries_delivered": .number(40), "entries_acknowledged": .number(39), "entries_lost": .number(2),
            "entries_skipped": .number(1), "delivered_per_second": .number(2.5),
            "acknowledged_per_second": .number(2.25),
            "hold_seconds_p50": .number(0.5), "hold_seconds_p99": .number(9.5), "draining": .bool(true),
            "drain_seconds": .number(240), "trim_margin_entries": .number(120), "trim_margin_seconds": .number(48),
        ]
        for (key, value) in ofGroup { #expect(stream?["groups"]?[0]?[key] == value, "\(key)") }
    }

    @Test("has null for a number that is not finite, and all the rest", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(number: Double) throws {
        var target = TargetSnapshot.full
        target.nodes[0].memoryRunwaySeconds = number
        target.streams[0].sampleAgeSeconds = number
        target.streams[0].figures?.producedPerSecond = number
        target.streams[0].groups[0].drainSeconds = number
        target.streams[0].groups[0].hold?.p99Seconds = number
        target.streams[0].groups[0].consumers[0].idleSeconds = number
        let found = try document([target])["targets"]?[0]
        #expect(found?["nodes"]?[0]?["memory"]?.nullKeys == ["runway_seconds"])
        let stream = found?["streams"]?[0]
        #expect(stream?["sample_age_seconds"] == .null && stream?["produced_per_second"] == .null)
        #expect(stream?["length"] == .number(7))
        let group = stream?["groups"]?[0]
        #expect(group?["drain_seconds"] == .null && group?["hold_seconds_p99"] == .null)
        #expect(group?["consumers"]?[0]?["idle_seconds"] == .null)
        #expect(group?["hold_seconds_p50"] == .number(0.5))
    }

    @Test("has no key that docs/api.md does not describe")
    func described() throws {
        let text = String(decoding: try ProjectFile.read(ProjectFile.path("docs/api.md")), as: UTF8.self)
        let keys = try document([.full]).allKeys
        #expect(keys.count > 60)
        for key in keys.sorted() {
            let spellings = ["`", "."].flatMap { start in ["`", ".", "[]"].map { start + key + $0 } }
            #expect(spellings.contains { text.contains($0) }, "\(key)")
        }
    }

    @Test("is valid JSON whatever the names are")
    func hostileNames() throws {
        let name = Name([0x22, 0x5C, 0x0A, 0x00, 0x1B, 0xFF, 0xE2, 0x80, 0xA8])
        let document = try document([.sample("\"\\\u{7F}", streams: [.sample(name)])])
        #expect(document["targets"]?[0]?["name"] == .string("\"\\\u{7F}"))
        #expect(document["targets"]?[0]?["streams"]?[0]?["stream"] == .string(name.text))
    }
}
