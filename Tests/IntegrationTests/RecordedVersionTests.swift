import TestSupport
import Testing

/// Versions that the machine cannot have, by what they were recorded to answer.
@Suite("A server of another version")
struct RecordedVersionTests {
    private static let versions: [RecordedRedis.Version] = [.v82, .v86, .v88]
    private static let group = ["stream": "orders", "group": "shippers", "db": "db0"]

    private func weir(_ server: RecordedRedis) async throws -> WeirProcess {
        let folder = try TemporaryFolder()
        let target = "name: test, url: \"\(server.url)\", streams: [\"*\"]"
        let file = try folder.write(configuration(target), to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file])
        // The sweep has gone over all that is pending, and what has to be counted is.
        try await weir.metrics {
            $0.value("redis_stream_group_pending_sweep_coverage_ratio") == 1
                && $0.value("redis_stream_group_lag_uncertainty_entries") == 0
        }
        return weir
    }

    private func expect(_ page: MetricsText, _ version: RecordedRedis.Version, looksAtEntries: Bool = true) {
        #expect(page.value("redis_up") == 1)
        #expect(page.all("redis_instance_info", ["version": version.rawValue, "kind": "redis"]).count == 1)
        #expect(page.value("redis_memory_used_bytes") == 1_048_576)
        #expect(page.value("redis_connected_clients") == 7)
        let stream = ["stream": "orders", "db": "db0", "target": "test"]
        let counts = !version.isOldest
        #expect(page.streams == ["orders"])
        #expect(page.value("redis_stream_sample_success", stream) == 1)
        #expect(page.value("redis_stream_length", stream) == 10)
        #expect(page.value("redis_stream_groups", stream) == 1)
        #expect(page.value("redis_stream_radix_tree_nodes", stream) == 2)
        #expect(page.value("redis_stream_memory_bytes", stream) == 1_112)
        #expect(page.value("redis_stream_entries_added_total", stream) == (counts ? 10 : nil))
        #expect(page.value("redis_stream_first_entry_id", stream) == 1_789_999_991_000)
        #expect(page.value("redis_stream_last_generated_id", stream) == 1_790_000_000_000)
        #expect(page.value("redis_stream_group_consumers", Self.group) == 2)
        #expect(page.value("redis_stream_group_messages_pending", Self.group) == 4)
        #expect(page.value("redis_stream_group_entries_read", Self.group) == (counts ? 6 : nil))
        #expect(page.value("redis_stream_group_lag", Self.group) == 4)
        #expect(page.value("redis_stream_group_lag_uncertainty_entries", Self.group) == 0)
        #expect(page.all("redis_stream_group_lag_reported", Self.group).isEmpty)
        // The seventh entry is three seconds older than the last, and the server's clock ten seconds on, less than a second
        // ago; where nobody looks at entries, the sixth is the bound.
        let age = page.value("redis_stream_group_lag_seconds", Self.group).map { Int($0) }
        #expect(age == (looksAtEntries ? 13 : 14))

        let nacks = version.canGiveBack
        #expect(page.value("redis_stream_group_pending_max_idle_seconds", Self.group) == (nacks ? 105 : 106))
        #expect(page.value("redis_stream_group_pending_max_deliveries", Self.group) == (nacks ? 5 : 6))
        #expect(page.value("redis_stream_group_pending_poison", Self.group) == (nacks ? 1 : 2))
        #expect(page.value("redis_stream_group_pending_nacked", Self.group) == (nacks ? 1 : 0))
        #expect(page.value("redis_stream_group_pending_dangling", Self.group) == 0)
        for (consumer, pending) in [("a", 3.0), ("b", nacks ? 0 : 1)] {
            let labels = Self.group.merging(["consumer": consumer]) { $1 }
            #expect(page.value("redis_stream_group_consumer_messages_pending", labels) == pending)
            #expect(page.value("redis_stream_group_consumer_idle_seconds", labels) == 90)
            #expect(page.value("redis_stream_group_consumer_inactive_seconds", labels) == (counts ? 95 : nil))
        }
        #expect(!page.all("redis_stream_group_consumer_messages_pending").contains { $0.labels["consumer"] == "" })
    }

    @Test("is understood, in RESP2 and in RESP3", arguments: RecordedRedis.Version.allCases, WireReply.Version.allCases)
    func understood(version: RecordedRedis.Version, wire: WireReply.Version) async throws {
        let server = try RecordedRedis(version, wire)
        let weir = try await weir(server)
        expect(try await weir.metrics(), version)
        #expect(server.commands.contains("TYPE") == version.isOldest)
        for words in server.words where words[0] == "XPENDING" {
            #expect(words.count == 6 && !words.contains("IDLE") && !words[3].hasPrefix("("), "5.0 knows no more")
        }
        #expect(!server.commands.contains("HELLO"))
        let warnings = weir.output.split(separator: "\n").filter { $0.contains("warning") && $0.contains("target") }
        #expect(warnings.count { $0.contains("RESP3") } == (wire == .resp3 ? 1 : 0))
        #expect(!weir.output.contains("cannot be sampled"))
    }

    @Test(
        "is understood where only XINFO STREAM FULL tells of the groups", arguments: versions,
        WireReply.Version.allCases)
    func full(version: RecordedRedis.Version, wire: WireReply.Version) async throws {
        let server = try RecordedRedis(version, wire, denied: ["XINFO GROUPS", "XINFO CONSUMERS"])
        let weir = try await weir(server)
        expect(try await weir.metrics(), version, looksAtEntries: server.commands.contains("XRANGE"))
        #expect(server.words.contains { $0.contains("FULL") })
    }

    @Test("is no trouble where 5.0 refuses what it does not know: the stream's error, said once")
    func oldestDenied() async throws {
        let server = try RecordedRedis(.v50, denied: ["XINFO GROUPS"])
        let folder = try TemporaryFolder()
        let file = try folder.write(
            configuration("name: test, url: \"\(server.url)\", streams: [orders]"), to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file])
        try await weir.metrics { ($0.value("weir_polls_total", ["result": "success"]) ?? 0) > 25 }
        let page = try await weir.metrics()
        #expect(page.value("redis_up") == 1)
        #expect(page.value("redis_stream_sample_success", ["stream": "orders"]) == 0)
        #expect(page.all("redis_stream_group_lag").isEmpty)
        #expect(weir.output.split(separator: "\n").count { $0.contains("XINFO GROUPS is denied") } == 1)
        #expect(server.words.contains { $0.contains("FULL") })
    }
}
