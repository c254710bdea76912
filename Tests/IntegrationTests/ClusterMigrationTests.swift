import RedisClient
import TestSupport
import Testing

@Suite("Slots that move", .serialized)
struct ClusterMigrationTests {
    private static let settings = "health: {window: 1s, stale_after: 1s}\nrules: {MemoryUnlimited: false}\n"
    /// In one slot.
    private static let moving = ["{m}:1", "{m}:2", "{m}:3", "{m}:held"]

    @Test("take their streams along: none is missing, doubled or in doubt, and nothing has happened")
    func underLoad() async throws {
        let cluster = try await TestCluster(TestCluster.programs.last ?? .system, primaries: 2, replicas: 0)
        let source = cluster.nodes[TestCluster.place(of: "{m}", primaries: 2)]
        let target = try #require(cluster.nodes.first { $0 !== source })
        let client = cluster.client()
        try await client.lay("{m}:held")
        try await client.strand(3, in: "{m}:held")
        let streams = Array(Self.moving.dropLast()) + TestCluster.names(1, "s", primaries: 2).joined()
        let weir = try await WeirProcess.following(
            cluster.url, in: cluster.nodes[0].server.folder, Self.settings)
        try await LiveWorkload(streams, on: cluster).run {
            // The window is full.
            let all = streams + ["{m}:held"]
            try await eventually { try await weir.page().isWhole(all) }
            let migration = cluster.migration(ofKey: "{m}", from: source, to: target)
            let pages = try await weir.pages {
                try await migration.begin()
                try await weir.polls(2)
                for _ in 0..<Self.moving.count / 2 {
                    try await migration.moveKeys(2)
                    try await weir.polls(3)
                }
                for stream in Self.moving { #expect(try await weir.snapshot().stream(stream)?.node == target.name) }
                try await migration.finish()
                try await weir.polls(3)
                // All at once, and back.
                try await cluster.migration(ofKey: "{m}", from: target, to: source).run()
                try await weir.polls(3)
                for stream in Self.moving { #expect(try await weir.snapshot().stream(stream)?.node == source.name) }
            }
            #expect(pages.count > 30)
            for page in pages { try page.check(all, node: [source.name, target.name]) }
            for (before, after) in zip(pages, pages.dropFirst()) {
                for name in ["delivered", "acknowledged"] {
                    let series = "redis_stream_group_entries_\(name)_total"
                    let now = after.values(series, by: "stream")
                    for (stream, value) in before.values(series, by: "stream") {
                        #expect((now[stream] ?? 0) >= value, "\(series) of \(stream)")
                    }
                }
            }
            #expect(try await weir.alerts().allSatisfy { $0.rule == "ConsumerStale" && $0.stream == "{m}:held" })
            #expect(!weir.output.contains("cannot be"))
        }
    }

    @Test("are followed while they move to a node that has only just come")
    func newNode() async throws {
        let cluster = try await TestCluster(primaries: 2, replicas: 0)
        let client = cluster.client()
        for stream in Self.moving { try await client.lay(stream) }
        let weir = try await WeirProcess.following(
            cluster.url, in: cluster.nodes[0].server.folder, looking: "1m", Self.settings)
        try await eventually { try await weir.page().isWhole(Self.moving) }
        let source = cluster.nodes[TestCluster.place(of: "{m}", primaries: 2)]
        let new = try await cluster.addPrimary()
        let migration = cluster.migration(ofKey: "{m}", from: source, to: new)
        let pages = try await weir.pages {
            try await migration.begin()
            try await migration.moveKeys()
            try await client.strand(1, in: Self.moving[0])
            try await weir.metrics { page in
                let idle = page.value("redis_stream_group_pending_max_idle_seconds", ["stream": Self.moving[0]]) ?? 0
                return page.value("redis_stream_length", ["stream": Self.moving[0]]) == 2 && idle >= 120
            }
            try await weir.polls(3)
            try await migration.finish()
            try await weir.polls(3)
        }
        for page in pages { try page.check(Self.moving, node: [source.name, new.name]) }
        for stream in Self.moving { #expect(try await weir.snapshot().stream(stream)?.node == new.name) }
    }
}

extension ShownPage {
    /// Whether all these streams are there, and all their groups judged.
    fileprivate func isWhole(_ streams: [String]) -> Bool {
        let shown = snapshot.targets.first?.streams ?? []
        return shown.map(\.stream).sorted() == streams.sorted()
            && shown.allSatisfy { stream in
                !stream.groups.isEmpty && stream.groups.allSatisfy { $0.status != "unknown" }
            }
    }

    /// Expects each of these streams once, with figures that are new, and its groups judged; and none other.
    fileprivate func check(_ streams: [String], node nodes: [String]) throws {
        let target = try #require(snapshot.targets.first)
        #expect(target.streams.map(\.stream) == streams.sorted())
        #expect(target.events.isEmpty && target.error == nil)
        let lengths = metrics.all("redis_stream_length").compactMap { $0.labels["stream"] }
        #expect(lengths.sorted() == streams.sorted())
        for series in metrics.all("redis_stream_sample_success") { #expect(series.value == 1, "\(series.labels)") }
        for series in metrics.all("redis_stream_sample_age_seconds") { #expect(series.value < 1, "\(series.labels)") }
        for series in metrics.all("redis_stream_group_entries_lost_total") { #expect(series.value == 0) }
        for series in metrics.all("redis_up") { #expect(series.value == 1) }
        for stream in target.streams {
            #expect(stream.error == nil && nodes.contains(stream.node))
            #expect(stream.groups.count == 1)
            for group in stream.groups {
                #expect(group.status != "unknown", "\(stream.stream)")
                guard stream.stream == "{m}:held" else { continue }
                for consumer in group.consumers { #expect(consumer.status == "stale", "\(consumer)") }
            }
        }
    }
}
