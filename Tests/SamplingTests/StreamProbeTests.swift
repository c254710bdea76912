import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("A look at a stream's entries")
struct StreamProbeTests {
    private static func entry(_ id: Int) -> RedisReply {
        .array([.text("\(id)-0"), .array([.text("f"), .text("v")])])
    }

    private static func groups(_ delivered: Int...) -> RedisReply {
        .array(
            delivered.enumerated().map { number, id in
                .fields([
                    "name": .text("g\(number)"), "consumers": .integer(0), "pending": .integer(0),
                    "last-delivered-id": .text("\(id)-0"), "entries-read": .integer(1), "lag": .null,
                ])
            })
    }

    /// Entries from 1 to `last`.
    private static func stream(_ last: Int = 9) -> RedisReply {
        .fields([
            "length": .integer(Int64(last)), "radix-tree-keys": .integer(1), "radix-tree-nodes": .integer(2),
            "last-generated-id": .text("\(last)-0"), "max-deleted-entry-id": .text("0-0"),
            "entries-added": .integer(Int64(last)), "groups": .integer(1), "first-entry": entry(1),
            "last-entry": entry(last),
        ])
    }

    private static func id(_ id: UInt64) -> StreamID { StreamID(milliseconds: id, sequence: 0) }

    private func probe(_ wanted: ProbeRequest, bytes: Int = 100_000, _ delivered: Int...) throws -> StreamProbe? {
        let groups = RedisReply.array(delivered.flatMap { Self.groups($0).elements ?? [] })
        return StreamProbe(
            Name("s"), try StreamObservation(groups: groups, stream: Self.stream()), wanted: wanted, entryBytes: 100,
            within: bytes)
    }

    @Test("asks for nothing where nothing is wanted")
    func nothing() throws {
        #expect(try probe(ProbeRequest(groups: [nil]), 4) == nil)
        #expect(try probe(ProbeRequest(), 4) == nil)
        let highest = StreamID(milliseconds: .max, sequence: .max)
        #expect(try probe(ProbeRequest(after: highest), 4) == nil)
    }

    @Test("is between two looks at the stream, from each group's place and from where it had ended")
    func commands() throws {
        let wanted = ProbeRequest(groups: [.first, nil, .countUpTo(Self.id(7)), .count], after: Self.id(6))
        let probe = try #require(try probe(wanted, 1, 2, 3, 4))
        let frame = ["XINFO GROUPS s", "XINFO STREAM s"]
        let ranges = [
            "XRANGE s 1-1 + COUNT 1", "XRANGE s 3-1 + COUNT 10", "XRANGE s 4-1 + COUNT 10", "XRANGE s 6-1 + COUNT 10",
        ]
        #expect(probe.commands.map(\.words) == frame + ranges + frame)
        let less = try #require(try self.probe(ProbeRequest(after: Self.id(6)), bytes: 300, 1))
        #expect(less.commands.map(\.words) == frame + ["XRANGE s 6-1 + COUNT 3"] + frame)
        #expect(less.expectedBytes < probe.expectedBytes)
    }

    @Test("keeps what was asked of the stream beside")
    func beside() throws {
        let frame = [Self.groups(4), Self.stream()]
        var stream = try StreamObservation(groups: frame[0], stream: frame[1])
        (stream.memoryBytes, stream.expires) = (9_000, true)
        let probe = try #require(
            StreamProbe(Name("s"), stream, wanted: ProbeRequest(groups: [.first]), entryBytes: 1, within: 100_000))
        let found = probe.merged(frame + [.array([Self.entry(5)])] + frame)
        #expect(found.groups.first?.undelivered?.first == Self.id(5))
        #expect(found.memoryBytes == 9_000 && found.expires == true)
    }

    @Test("tells how many entries came later, and whether those are all")
    func later() throws {
        let frame = [Self.groups(4), Self.stream()]
        for (bytes, count, isComplete) in [(100_000, 3, true), (200, 2, false)] as [(Int, Int, Bool)] {
            let probe = try #require(try probe(ProbeRequest(after: Self.id(6)), bytes: bytes, 4))
            let found = probe.merged(frame + [.array((7..<7 + count).map(Self.entry))] + frame)
            #expect(found.later == EntryCount(id: Self.id(6), count: Int64(count), isComplete: isComplete))
            #expect(found.groups.map(\.undelivered) == [nil])
            // Not of one moment: more was added in between.
            let moved = probe.merged(
                frame + [.array((7..<7 + count).map(Self.entry))] + [Self.groups(4), Self.stream(10)])
            #expect(moved.later == nil)
        }
    }

    @Test(
        "tells how many entries of a group lie up to where it stood before",
        arguments: [
            (100_000, [5, 6, 7, 8, 9], 3, true), (100_000, [8, 9], 0, true), (100_000, [], 0, true),
            (400, [5, 6, 7, 8], 3, true), (300, [5, 6, 7], 3, false), (200, [5, 6], 2, false),
        ] as [(Int, [Int], Int64, Bool)])
    func upTo(bytes: Int, found: [Int], count: Int64, isComplete: Bool) throws {
        let probe = try #require(try probe(ProbeRequest(groups: [.countUpTo(Self.id(7))]), bytes: bytes, 4))
        let frame = [Self.groups(4), Self.stream()]
        let seen = probe.merged(frame + [.array(found.map(Self.entry))] + frame).groups.first?.undelivered
        #expect(seen?.upTo == EntryCount(id: Self.id(7), count: count, isComplete: isComplete))
        #expect(seen?.count == Int64(found.count))
        // Some were read since the look that wished for it.
        let read = [Self.groups(5), Self.stream()]
        let rest = probe.merged(read + [.array(found.map(Self.entry))] + read).groups.first?.undelivered
        #expect(rest?.upTo?.count == (found.first == 5 ? count - 1 : count))
    }
}
