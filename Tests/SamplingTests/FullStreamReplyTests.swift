import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("What XINFO STREAM FULL answers")
struct FullStreamReplyTests {
    private static let entry = RedisReply.array([.text("1-0"), .array([.text("f"), .text("v")])])

    private static func consumer(_ name: String, seen: Int64, active: Int64?, pending: Int64) -> RedisReply {
        let activity: [RedisReply] = active.map { [.text("active-time"), .integer($0)] } ?? []
        let start: [RedisReply] = [.text("name"), .text(name), .text("seen-time"), .integer(seen)]
        return .array(start + activity + [.text("pel-count"), .integer(pending), .text("pending"), .array([])])
    }

    /// `counts`: the server tells `entries-read` and the like.
    private static func reply(counts: Bool, consumers: [RedisReply], length: Int64 = 5) -> RedisReply {
        let read: [RedisReply] = counts ? [.text("entries-read"), .integer(1), .text("lag"), .null] : []
        let group: RedisReply = .array(
            [.text("name"), .text("g"), .text("last-delivered-id"), .text("1-0")] + read
                + [
                    .text("pel-count"), .integer(3), .text("pending"), .array([]), .text("consumers"),
                    .array(consumers),
                ]
        )
        let counters: [RedisReply] =
            counts ? [.text("max-deleted-entry-id"), .text("0-0"), .text("entries-added"), .integer(9)] : []
        return .array(
            [
                .text("length"), .integer(length), .text("radix-tree-keys"), .integer(1), .text("radix-tree-nodes"),
                .integer(2), .text("last-generated-id"), .text("5-0"),
            ] + counters + [.text("entries"), .array([entry]), .text("groups"), .array([group])])
    }

    private func answer(_ reply: RedisReply, at time: Int64? = 10_000) throws(SampleError) -> StreamQuestion.Answer {
        let question = StreamQuestion(name: Name("s"), kind: .full, asksMemory: false)
        return try question.answer([reply], serverTime: time.map { Timestamp(milliseconds: $0) })
    }

    @Test("is the stream, its groups and their consumers", arguments: [true, false])
    func whole(counts: Bool) throws {
        let consumers = [
            Self.consumer("a", seen: 9_000, active: counts ? 8_000 : nil, pending: 3),
            Self.consumer("b", seen: 10_500, active: counts ? -1 : nil, pending: 0),
        ]
        let answer = try answer(Self.reply(counts: counts, consumers: consumers))
        #expect(answer.entries?.bytes == 5)
        #expect(answer.entries?.count == 1)
        let stream = answer.stream
        #expect(stream.length == 5)
        #expect(stream.countersAreCurrent)
        #expect(
            stream.counters
                == StreamCounters(
                    radixTreeKeys: 1, radixTreeNodes: 2, groups: 1,
                    lastGeneratedID: StreamID(milliseconds: 5, sequence: 0),
                    firstEntryID: StreamID(milliseconds: 1, sequence: 0), lastEntryID: nil,
                    maxDeletedEntryID: counts ? .zero : nil, entriesAdded: counts ? 9 : nil))
        let group = try #require(stream.groups.first)
        #expect(group.name == Name("g"))
        #expect(group.consumerCount == 2)
        #expect(group.pending == 3)
        #expect(group.lastDeliveredID == StreamID(milliseconds: 1, sequence: 0))
        #expect(group.entriesRead == (counts ? 1 : nil))
        #expect(group.reportedLag == nil)
        #expect(
            group.consumers == [
                ConsumerObservation(
                    name: Name("a"), pending: 3, idleMilliseconds: 1_000, inactiveMilliseconds: counts ? 2_000 : nil),
                ConsumerObservation(name: Name("b"), pending: 0, idleMilliseconds: 0, inactiveMilliseconds: nil),
            ])
    }

    @Test("tells nobody's idle time where the server's clock is not known")
    func noTime() throws {
        let consumer = Self.consumer("a", seen: 9_000, active: nil, pending: 3)
        let group = try answer(Self.reply(counts: true, consumers: [consumer]), at: nil).stream.groups.first
        #expect(group?.consumers == nil)
        #expect(group?.error == .noPermission(command: "TIME"))
        let none = try answer(Self.reply(counts: true, consumers: []), at: nil).stream.groups.first
        #expect(none?.consumers == [])
        #expect(none?.error == nil)
    }

    @Test("tells the last entry where there is only one")
    func oneEntry() throws {
        let stream = try answer(Self.reply(counts: true, consumers: [], length: 1)).stream
        #expect(stream.counters?.lastEntryID == StreamID(milliseconds: 1, sequence: 0))
    }

    @Test("is the error that the server answers, or not understood")
    func refused() {
        #expect(throws: SampleError.noSuchKey) { try answer(.failure("ERR no such key")) }
        #expect(throws: SampleError.self) { try answer(.integer(1)) }
        #expect(throws: SampleError.self) { try answer(.fields(["length": .integer(1)])) }
    }
}
