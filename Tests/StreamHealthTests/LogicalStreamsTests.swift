import StreamModel
import Testing

@testable import StreamHealth

@Suite("Logical streams")
struct LogicalStreamsTests {
    private func streams(_ streams: KeyValuePairs<String, String>) -> LogicalStreams {
        LogicalStreams(streams.map { LogicalStream(match: Glob($0.key), name: Name($0.value)) })
    }

    @Test("give a stream the name of the first that matches it, or leave it its own")
    func names() {
        let logical = streams(["shard:*": "shards", "shard:9": "ninth", "shards": "never"])
        for (name, shown) in [
            "shard:1": "shards", "shard:9": "shards", "orders": "orders", "shard": "shard", "shards": "never",
        ] {
            #expect(logical.displayedName(of: Name(name)) == Name(shown))
        }
    }

    @Test("leave everything as it is where there are none, or none matches")
    func none() {
        let snapshots: [StreamSnapshot] = [.part("a"), .part("b", groups: [.part()]), .unread("c", .wrongType)]
        #expect(LogicalStreams([]).merge(snapshots) == snapshots)
        #expect(streams(["x*": "x"]).merge(snapshots) == snapshots)
    }

    @Test("come by name, each once, with the number of streams that they stand for")
    func shown() {
        let logical = streams(["shard:*": "shards", "x:*": "b"])
        let shown = logical.merge([
            .part("a"), .part("b"), .part("shard:1"), .part("shard:2"), .part("shards"), .part("x:1"), .part("z"),
        ])
        #expect(shown.map(\.name) == ["a", "b", "shards", "z"].map { Name($0) })
        #expect(shown.map(\.members) == [nil, 2, 3, nil])
        #expect(shown[0] == .part("a"))
    }

    @Test("are shown under their own name where they have a single stream, with its figures")
    func single() throws {
        let group = GroupSnapshot.part { group in
            (group.lag, group.lagSeconds, group.drainSeconds) = (Lag(entries: 6, uncertainty: 2), 4, 9)
            (group.entriesLost, group.trimMarginEntries, group.status) = (3, 70, .losing)
            group.pending = PendingSummary(entries: 3)
            (group.pending.poison, group.pending.coverageRatio) = (1, 0.5)
            group.consumers = [.part("a", pending: 3, idle: 2, .stuck)]
        }
        var part = StreamSnapshot.part("shard:1", groups: [group]) { $0.figures?.lastEntryAgeSeconds = 5 }
        let shown = streams(["shard:*": "shards"]).merge([part])
        (part.name, part.members) = (Name("shards"), 1)
        part.figures?.firstEntryAgeSeconds = nil
        #expect(shown == [part])
    }

    @Test("are not streams for others: a name is given once")
    func noChains() {
        let shown = streams(["a*": "b", "b": "c"]).merge([.part("a1"), .part("b")])
        #expect(shown.map(\.name) == [Name("b"), Name("c")])
        #expect(shown.map(\.members) == [1, 1])
    }

    @Test("say which of their streams could not be sampled")
    func errors() {
        let logical = streams(["s*": "s"])
        func error(_ parts: StreamSnapshot...) -> SampleError? { logical.merge(parts).first?.error }
        let denied = SampleError.noPermission(command: "XLEN")
        #expect(error(.part("s1"), .unread("s2")) == nil)
        #expect(error(.part("s1"), .unread("s2", denied)) == .parts(failed: 1, of: 2, first: Name("s2"), denied))
        #expect(
            error(.unread("s1", .noSuchKey), .part("s2"), .unread("s3", denied))
                == .parts(failed: 2, of: 3, first: Name("s1"), .noSuchKey))
    }

    @Test("remember a vanished group once, since the first of them, with what restores each")
    func vanished() {
        func gone(_ name: String, _ group: String, _ time: Int64, _ restore: String?) -> StreamSnapshot {
            .part(name) { stream in
                let since = Timestamp(milliseconds: time)
                stream.vanishedGroups = [VanishedGroup(name: Name(group), since: since, restore: restore)]
            }
        }
        let shown = streams(["s*": "s"]).merge([
            gone("s1", "g", 7, "one"), gone("s2", "g", 5, nil), gone("s3", "g", 6, "three"), gone("s4", "a", 8, nil),
        ])
        #expect(
            shown.first?.vanishedGroups == [
                VanishedGroup(name: Name("a"), since: Timestamp(milliseconds: 8), restore: nil),
                VanishedGroup(name: Name("g"), since: Timestamp(milliseconds: 5), restore: "one; three"),
            ])
    }

    @Test("name every node that their streams are on")
    func nodes() {
        let shown = streams(["s*": "s"]).merge([
            .part("s1") { $0.node = "b:1" }, .part("s2") { $0.node = "a:1" }, .part("s3") { $0.node = "b:1" },
        ])
        #expect(shown.first?.node == "a:1, b:1")
    }
}
