import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

/// What a replica that was promoted does not know, where its producers and consumers have gone on meanwhile.
@Suite("A failover")
struct FailoverTests {
    private static let name = Name("s")
    private var target = Target()

    private static func server(_ run: String) -> ServerIdentity {
        var server = ServerIdentity.redis(8, 0, 0)
        server.runID = run
        return server
    }

    /// The entries that are there are those from `first` to `kept`, of all up to which the replica had, and those from 101
    /// to `last`; `later`: as many of these as were counted.
    private func stream(
        _ first: UInt64 = 1, kept: UInt64 = 100, _ last: UInt64? = nil, later: Int64? = nil, isComplete: Bool = true,
        deleted: UInt64 = 0, groups: [GroupObservation] = []
    ) -> StreamObservation {
        let new = 101..<(last ?? 100) + 1
        let length = Array(1..<kept + 1).count { $0 >= first } + new.count { $0 >= first }
        var stream = StreamObservation.sample(
            length: Int64(length), first: first, last: last ?? kept, generated: last ?? kept, deleted: deleted,
            added: Int64(kept) + Int64(new.count), groups: groups)
        stream.later = later.map { EntryCount(id: entryID(100), count: $0, isComplete: isComplete) }
        return stream
    }

    private func group(
        delivered: UInt64, lag: Int64? = nil, idle: Int64 = 60_000, upTo: EntryCount? = nil
    ) -> GroupObservation {
        var group = GroupObservation.sample(
            delivered: delivered, read: Int64(delivered), lag: lag, consumers: [.sample("c", idle: idle)])
        group.undelivered = upTo.map { UndeliveredProbe(first: nil, count: 1_000, isComplete: false, upTo: $0) }
        return group
    }

    /// From the primary that had all up to 100 to a replica that shows `stream` at second 10.
    private mutating func failOver(
        _ groups: [GroupObservation] = [], to stream: StreamObservation, after run: String = "b"
    ) -> [StreamEvent] {
        target = Target()
        target.ingest(
            [Target.node("h:1", [Self.name: .success(self.stream(groups: groups))], server: Self.server("a"))], at: 0)
        target.state.fail("no answer")
        return target.ingest(
            [Target.node("h:2", [Self.name: .success(stream)], server: Self.server(run))], at: 10)
    }

    @Test("has lost what is missing up to where the stream ended, whatever was added since")
    mutating func exact() {
        for last in [101, 105, 110, 115, 1_000] as [UInt64] {
            let events = failOver(to: stream(kept: 90, last, later: Int64(last) - 100))
            #expect(events.map(\.kind) == [.rolledBack])
            #expect(events.map(\.entries) == [10])
            #expect(events.map(\.isAtLeast) == [false])
            #expect(events.map(\.isTotal) == [false])
        }
        let idle = failOver(to: stream(kept: 90))
        #expect(idle.map(\.entries) == [10] && idle.map(\.isAtLeast) == [false])
    }

    @Test("has lost at least what is proven where not all that was added since is counted, or some of it is gone")
    mutating func atLeast() {
        for (stream, entries) in [
            (stream(kept: 60, 130, later: 20, isComplete: false), 30), (stream(kept: 60, 130), 10),
            (stream(kept: 60, 130, later: 29, deleted: 103), 39), (stream(121, kept: 60, 130), 20),
        ] as [(StreamObservation, Int64)] {
            let events = failOver(to: stream)
            #expect(events.map(\.entries) == [entries])
            #expect(events.map(\.isAtLeast) == [true])
        }
        // Nothing is proven.
        #expect(failOver(to: stream(kept: 90, 130)) == [])
        #expect(failOver(to: stream(kept: 90, 2_100, later: 1_000, isComplete: false)) == [])
    }

    @Test("that has lost nothing is no event")
    mutating func nothingLost() {
        for stream in [
            stream(), stream(kept: 100, 130, later: 30), stream(50, kept: 100, 130, later: 30), stream(kept: 100, 130),
            stream(kept: 100, 130, later: 20, isComplete: false), stream(50, kept: 100, 130, later: 28, deleted: 120),
        ] {
            #expect(failOver(to: stream) == [])
            var read = stream
            read.groups = [group(delivered: 95)]
            #expect(failOver([group(delivered: 90)], to: read) == [])
        }
    }

    @Test("is proven by ranks against a model", arguments: UInt64(1)...20)
    mutating func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let kept = Int64.random(in: 0...100, using: &random)
            // Of all entries that the replica ever had, by rank, and all that it was given since.
            var entries = Set((1...100).filter { $0 <= kept })
            let new = Int64.random(in: 0...30, using: &random)
            if new > 0 { entries.formUnion(101...100 + new) }
            var deleted: Int64 = 0
            if Bool.random(using: &random) {
                let first = Int64.random(in: 1...130, using: &random)
                entries = entries.filter { $0 >= first }
            }
            for id in (0..<3).compactMap({ _ in entries.randomElement(using: &random) })
            where Bool.random(using: &random) {
                entries.remove(id)
                deleted = max(deleted, id)
            }
            var stream = StreamObservation.sample(
                length: Int64(entries.count), first: entries.min().map { UInt64($0) },
                last: entries.max().map { UInt64($0) }, generated: UInt64(new > 0 ? 100 + new : kept),
                deleted: UInt64(deleted), added: kept + new)
            let limit = Int64.random(in: 0...40, using: &random)
            if limit > 0 {
                let later = Int64(entries.count { $0 > 100 })
                stream.later = EntryCount(id: entryID(100), count: min(later, limit), isComplete: later < limit)
            }
            let found = failOver(to: stream).first
            let gone = 100 - kept
            guard let found, let entries = found.entries else {
                #expect(found == nil)
                continue
            }
            #expect(found.isAtLeast ? entries <= gone : entries == gone)
            #expect(found.isTotal == (kept == 0 && entries == gone))
        }
    }

    @Test("asks for what was added since, and for what its groups had been given, at the first look alone")
    mutating func wanted() throws {
        let now = stream(kept: 90, 130, groups: [group(delivered: 70, lag: 50), group(delivered: 70, lag: 50)])
        target.ingest(
            [
                Target.node(
                    "h:1", [Self.name: .success(stream(groups: [group(delivered: 80)]))], server: Self.server("a"))
            ],
            at: 0)
        func asked(_ run: String, _ stream: StreamObservation) -> ProbeRequest {
            target.state.wantedProbes(
                stream, named: Self.name, among: LiveServers(only: Self.server(run)), at: Target.time(10),
                countLimit: 1_000)
        }
        let same = asked("a", now)
        #expect(same.after == nil)
        #expect(!same.groups.contains(.countUpTo(entryID(80))))
        #expect(asked("b", now).after == entryID(100))
        #expect(asked("b", now).groups == [.countUpTo(entryID(80)), .countUpTo(entryID(80))])
        // It is known without.
        #expect(asked("b", stream(kept: 90)).after == nil)
        #expect(asked("b", stream(110, kept: 90, 130)).after == nil)
        #expect(asked("b", stream(kept: 90, 130, groups: [group(delivered: 80, lag: 40)])).groups == [.first])
        // Also where weir was restarted meanwhile.
        target.state = TargetState(Target.configuration, memory: try target.state.memory.throughFile())
        #expect(asked("b", now).after == entryID(100))
        #expect(asked("b", now).groups == [.countUpTo(entryID(80)), .countUpTo(entryID(80))])
        target.ingest([Target.node("h:2", [Self.name: .success(now)], server: Self.server("b"))], at: 10)
        #expect(asked("b", now).after == nil)
    }

    @Test("says of each group that went back how many entries it will be given again")
    mutating func redelivered() {
        func again(_ group: GroupObservation, last: UInt64? = 130) -> [StreamEvent] {
            let events = failOver(
                [self.group(delivered: 80)],
                to: stream(kept: 90, last, later: last.map { Int64($0) - 100 }, groups: [group]))
            #expect(events.first?.group == nil && events.first?.entries == 10)
            return Array(events.dropFirst())
        }
        func counted(_ count: Int64, isComplete: Bool = true) -> EntryCount {
            EntryCount(id: entryID(80), count: count, isComplete: isComplete)
        }
        let exact = again(group(delivered: 70, upTo: counted(10)))
        #expect(exact.map(\.group) == [Name("g")])
        #expect(exact.map(\.entries) == [10] && exact.map(\.isAtLeast) == [false])
        // Some of it may have been delivered again already, as a consumer was seen since.
        let read = again(group(delivered: 75, idle: 3_000, upTo: counted(5)))
        #expect(read.map(\.entries) == [5] && read.map(\.isAtLeast) == [true])
        let many = again(group(delivered: 70, upTo: counted(4, isComplete: false)))
        #expect(many.map(\.entries) == [4] && many.map(\.isAtLeast) == [true])
        let uncounted = again(group(delivered: 70))
        #expect(uncounted.map(\.entries) == [nil] && uncounted.map(\.isAtLeast) == [false])
        // It has read on beyond, or there is nothing left of what it had been given.
        #expect(again(group(delivered: 85)) == [])
        #expect(again(group(delivered: 70, upTo: counted(0))) == [])
        // Everything that is there had been delivered.
        let end = failOver(
            [self.group(delivered: 100)], to: stream(kept: 90, groups: [group(delivered: 70, lag: 20)]))
        #expect(end.map(\.entries) == [10, 20] && end.map(\.isAtLeast) == [false, false])
        let drained = failOver(
            [self.group(delivered: 100)], to: stream(kept: 90, groups: [group(delivered: 90, lag: 0)]))
        #expect(drained.map(\.group) == [nil])
    }

    @Test("may have lost a group's reads alone")
    mutating func readsAlone() {
        let events = failOver(
            [group(delivered: 80)],
            to: stream(
                kept: 100, 130, later: 30,
                groups: [
                    group(delivered: 70, upTo: EntryCount(id: entryID(80), count: 10, isComplete: true))
                ]))
        #expect(events.map(\.kind) == [.rolledBack])
        #expect(events.map(\.group) == [Name("g")])
        #expect(events.map(\.entries) == [10])
    }

    @Test("is no evidence of losses before delivery, nor of what was delivered")
    mutating func ledgers() {
        // The group had 20 to read, of which 10 are gone and 5 were trimmed since, and has read some of the new ones.
        let events = failOver(
            [group(delivered: 80, lag: 20)],
            to: stream(86, kept: 90, 130, later: 30, groups: [group(delivered: 101, lag: 29)]))
        #expect(events.map(\.group) == [nil])
        let group = target.group(at: 10)
        #expect(group?.entriesLost == 0 && group?.entriesSkipped == 0)
        #expect(group?.entriesDelivered == 0)
        #expect(group?.status == .unknown)
        // From there on it counts again.
        target.ingest(
            [
                Target.node(
                    "h:2",
                    [Self.name: .success(stream(111, kept: 90, 130, groups: [self.group(delivered: 101, lag: 20)]))],
                    server: Self.server("b"))
            ], at: 15)
        #expect(target.group(at: 15)?.entriesLost == 9)
    }
}
