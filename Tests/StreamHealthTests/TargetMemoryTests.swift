import FoundationEssentials
import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

/// What a restart of weir must not forget.
@Suite("A target's memory")
struct TargetMemoryTests {
    private static let name = Name("s")

    /// Ten entries, IDs by weir's clock, of which those from `first` on are left.
    private func stream(
        added: Int64, first: Int64 = 1, groups: [GroupObservation]
    ) -> [Name: Result<StreamObservation, SampleError>] {
        let stream = StreamObservation.sample(
            length: added - first + 1, first: Target.made(first), last: Target.made(added),
            generated: Target.made(added), deleted: 0, added: added, groups: groups)
        return [Self.name: .success(stream)]
    }

    private func group(
        _ name: String = "g", delivered: Int64, read: Int64? = nil, lag: Int64? = nil, pending: Int64 = 0,
        head: [PendingEntry]? = nil
    ) -> GroupObservation {
        .sample(
            name, delivered: Target.made(delivered), read: read, lag: lag, consumers: [.sample("c", pending: pending)],
            pending: pending, head: head)
    }

    /// The same target in another process, its memory gone through a file.
    private func restarted(_ target: Target, configuration: TargetState.Configuration? = nil) throws -> Target {
        let memory = try target.state.memory.throughFile()
        #expect(memory == target.state.memory)
        var restarted = Target()
        restarted.state = TargetState(configuration ?? Target.configuration, memory: memory)
        return restarted
    }

    @Test("goes on with what was lost, skipped, delivered and acknowledged")
    func counters() throws {
        var target = Target()
        target.ingest(stream(added: 10, groups: [group(delivered: 2, read: 2, lag: 8)]), at: 100)
        target.ingest(stream(added: 20, first: 8, groups: [group(delivered: 2, read: 2)]), at: 105)
        target.ingest(
            stream(added: 20, first: 8, groups: [group(delivered: 12, read: 12, lag: 8, pending: 3)]), at: 110)
        let before = try #require(target.group(at: 110))
        #expect(before.entriesLost == 5)
        var next = try restarted(target)
        // Also what happened while nobody looked: ten entries were trimmed unread, and two acknowledged.
        next.ingest(stream(added: 40, first: 23, groups: [group(delivered: 12, read: 12, pending: 1)]), at: 900)
        let after = try #require(next.group(at: 900))
        #expect(after.entriesLost == 15)
        #expect(after.entriesDelivered == 5)
        #expect(after.entriesAcknowledged == (before.entriesAcknowledged ?? 0) + 2)
        next.ingest(
            stream(added: 40, first: 23, groups: [group(delivered: 26, read: 26, lag: 14, pending: 1)]), at: 905)
        #expect(next.group(at: 905)?.entriesLost == 15)
    }

    @Test("misses a group that had consumers and is gone when weir comes back")
    func vanished() throws {
        var target = Target()
        target.ingest(
            stream(added: 10, groups: [group(delivered: 2), group("h", delivered: 4)]), at: 0)
        var next = try restarted(target)
        next.ingest(stream(added: 10, groups: [group(delivered: 2)]), at: 60)
        let events = next.snapshot(at: 60).events
        #expect(events.map(\.kind) == [.vanished])
        #expect(events.first?.group == Name("h"))
        #expect(events.first?.restore == "XGROUP CREATE s h \(Target.made(4))-0")
        #expect(next.stream(Self.name, at: 60)?.vanishedGroups.map(\.name) == [Name("h")])
        // And still after the next restart, until it is back.
        var third = try restarted(next)
        third.ingest(stream(added: 10, groups: [group(delivered: 2)]), at: 120)
        #expect(third.stream(Self.name, at: 120)?.vanishedGroups.map(\.since) == [Target.time(60)])
        #expect(third.snapshot(at: 120).events == events)
        third.ingest(stream(added: 10, groups: [group(delivered: 2), group("h", delivered: 4)]), at: 125)
        #expect(third.stream(Self.name, at: 125)?.vanishedGroups == [])
    }

    @Test("keeps the clock of entries that are passed from hand to hand")
    func firstSeen() throws {
        let made = Target.made(1)
        func held(idle: Int64) -> GroupObservation {
            group(delivered: 2, pending: 1, head: [.sample(made, idle: idle)])
        }
        var target = Target()
        target.ingest(stream(added: 10, groups: [held(idle: 1_000)]), at: 0)
        var next = try restarted(target)
        next.ingest(stream(added: 10, groups: [held(idle: 500)]), at: 600)
        #expect(next.group(at: 600)?.pending.oldestAgeSeconds == 601)
    }

    @Test("sees that the server lost writes, or the stream was made anew, while weir was away")
    func comparedWithBefore() throws {
        var target = Target()
        target.ingest(stream(added: 10, groups: [group(delivered: 9, read: 9)]), at: 0)
        var rolledBack = try restarted(target)
        var other = ServerIdentity.redis(8, 0, 0)
        other.runID = "b2"
        rolledBack.ingest(stream(added: 7, groups: [group(delivered: 5, read: 5, lag: 2)]), at: 60, server: other)
        #expect(rolledBack.snapshot(at: 60).events.map(\.kind) == [.rolledBack, .rolledBack])
        #expect(rolledBack.snapshot(at: 60).events.map(\.entries) == [3, 2])
        #expect(rolledBack.snapshot(at: 60).events.map(\.restore) == [nil, nil])
        var recreated = try restarted(target)
        recreated.ingest(stream(added: 7, groups: []), at: 60)
        #expect(recreated.snapshot(at: 60).events.map(\.kind) == [.recreated, .vanished])
        #expect(recreated.snapshot(at: 60).events.map(\.restore) == [nil, nil])
    }

    @Test("is kept until the stream is found, and given up once a whole pass has not found it")
    func notFoundYet() throws {
        var target = Target()
        target.ingest(stream(added: 10, groups: [group(delivered: 2), group("h", delivered: 4)]), at: 0)
        var next = try restarted(target)
        next.ingest([:], at: 60, hasLookedEverywhere: false)
        #expect(next.state.memory.streams.keys.contains(Self.name))
        // Found, and left out by a poll that ran out of its share.
        next.ingest([:], at: 65, watched: [Self.name])
        #expect(next.state.memory.streams.keys.contains(Self.name))
        var gone = next
        gone.ingest([:], at: 70)
        #expect(gone.state.memory.streams.isEmpty)
        next.ingest(stream(added: 10, groups: [group(delivered: 2)]), at: 70)
        #expect(next.snapshot(at: 70).events.map(\.kind) == [.vanished])
    }

    /// A file of weir 0.1.0.
    private struct File: Decodable {
        var content: TargetMemory
    }

    @Test("keeps whether more may be concerned than is said")
    func atLeast() throws {
        for isAtLeast in [false, true] {
            var event = StreamEvent(
                kind: .rolledBack, at: Target.time(0), stream: Self.name, group: nil, entries: 3, restore: nil)
            event.isAtLeast = isAtLeast
            let read = try JSONDecoder().decode(StreamEvent.self, from: try JSONEncoder().encode(event))
            #expect(read == event)
            #expect(read.countText == (isAtLeast ? "at least 3" : "3"))
        }
    }

    @Test("of version 1 can still be read")
    func version1() throws {
        let bytes = try ProjectFile.read(ProjectFile.path("Tests/Golden/memory-1.json"))
        let memory = try JSONDecoder().decode(File.self, from: Data(bytes)).content
        var configuration = Target.configuration
        (configuration.dataSource, configuration.database) = (memory.dataSource, memory.database)
        var target = Target()
        target.state = TargetState(configuration, memory: memory)
        let stream = StreamObservation.sample(
            length: 12, first: 1_790_000_000_009, last: 1_790_000_000_020, generated: 1_790_000_000_020, deleted: 0,
            added: 20, groups: [.sample("shippers", delivered: 1_790_000_000_014, read: 9, lag: 6, pending: 9)])
        var server = ServerIdentity.redis(7, 0, 15)
        server.runID = "78a52a8c5766ea0f7477678150a394a78bee8252"
        target.ingest([Name("orders"): .success(stream)], at: 600_000, server: server)
        let group = try #require(target.stream(Name("orders"), at: 600_000)?.groups.first)
        #expect(group.entriesLost == 5)
        #expect(group.entriesDelivered == 6)
        #expect(target.snapshot(at: 600_000).events.map(\.kind) == [.vanished])
    }

    @Test("is of the data, whichever server holds them now")
    func dataSource() throws {
        var target = Target()
        var configuration = Target.configuration
        configuration.dataSource = "sentinel/orders"
        target.state = TargetState(configuration)
        target.ingest(stream(added: 10, groups: [group("h", delivered: 4)]), at: 0)
        configuration.node = "other:26379/orders"
        var next = try restarted(target, configuration: configuration)
        next.ingest(stream(added: 10, groups: []), at: 60)
        #expect(next.snapshot(at: 60).events.map(\.kind) == [.vanished])
    }

    @Test("is not taken for another server's")
    func otherServer() throws {
        var target = Target()
        target.ingest(stream(added: 10, groups: [group("h", delivered: 4)]), at: 0)
        var configuration = Target.configuration
        configuration.dataSource = "other:6379"
        var next = try restarted(target, configuration: configuration)
        next.ingest(stream(added: 5, groups: []), at: 60)
        #expect(next.snapshot(at: 60).events.isEmpty)
    }

    @Test("of names that are no text survives a file")
    func names() throws {
        let name = Name([0xff, 0x00, 0x5c, 0x78, 0x34, 0x31])
        var target = Target()
        target.ingest([name: .success(.sample(length: 0, first: nil, last: nil, generated: 0))], at: 0)
        let next = try restarted(target)
        #expect(next.state.memory.streams.keys.contains(name))
    }
}
