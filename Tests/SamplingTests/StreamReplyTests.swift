import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("What XINFO STREAM answers")
struct StreamReplyTests {
    private static let entry = RedisReply.array([.text("1526919030474-55"), .array([.text("field"), .text("value")])])

    /// Redis 5.0 and 6.0.
    private static let oldest: [(String, RedisReply)] = [
        ("length", .integer(2)), ("radix-tree-keys", .integer(1)), ("radix-tree-nodes", .integer(3)),
        ("last-generated-id", .text("1526919030480-0")), ("groups", .integer(4)), ("first-entry", entry),
        ("last-entry", .array([.text("1526919030480-0"), .array([])])),
    ]
    /// Redis 7.0 to 8.4, Valkey.
    private static let counting: [(String, RedisReply)] =
        oldest + [
            ("max-deleted-entry-id", .text("1526919030470-1")), ("entries-added", .integer(9)),
            ("recorded-first-entry-id", .text("1526919030474-55")),
        ]
    /// Redis 8.6 and later.
    private static let newest: [(String, RedisReply)] =
        counting + [
            ("idmp-duration", .integer(100)), ("idmp-maxsize", .integer(100)), ("pids-tracked", .integer(0)),
            ("iids-tracked", .integer(0)), ("iids-added", .integer(0)), ("iids-duplicates", .integer(0)),
        ]

    private func reply(_ fields: [(String, RedisReply)]) -> RedisReply {
        .array(fields.flatMap { [.text($0.0), $0.1] })
    }

    @Test(
        "is read by name, in whatever order, with whatever else there is",
        arguments: [
            ("5.0", oldest, false), ("7.0", counting, true), ("8.6", newest, true),
            ("backwards", newest.reversed(), true),
            ("to come", [("x", .array([.null])), ("y", .null)] + counting + [("z", .integer(1))], true),
        ] as [(String, [(String, RedisReply)], Bool)])
    func versions(version: String, fields: [(String, RedisReply)], hasCounters: Bool) throws {
        let counters = try StreamCounters(reply(fields))
        #expect(
            counters
                == StreamCounters(
                    radixTreeKeys: 1, radixTreeNodes: 3, groups: 4,
                    lastGeneratedID: StreamID(milliseconds: 1_526_919_030_480, sequence: 0),
                    firstEntryID: StreamID(milliseconds: 1_526_919_030_474, sequence: 55),
                    lastEntryID: StreamID(milliseconds: 1_526_919_030_480, sequence: 0),
                    maxDeletedEntryID: hasCounters ? StreamID(milliseconds: 1_526_919_030_470, sequence: 1) : nil,
                    entriesAdded: hasCounters ? 9 : nil))
    }

    @Test("has no entries where the stream is empty")
    func empty() throws {
        let fields = Self.counting.map { name, value in (name, name.hasSuffix("-entry") ? .null : value) }
        let counters = try StreamCounters(reply(fields))
        #expect(counters.firstEntryID == nil)
        #expect(counters.lastEntryID == nil)
    }

    @Test(
        "must have what every version answers",
        arguments: ["radix-tree-keys", "radix-tree-nodes", "groups", "last-generated-id"])
    func missing(name: String) {
        let what = name.hasSuffix("id") ? "an ID" : "an integer"
        let error = SampleError.unexpectedReply(command: "XINFO STREAM", what: "\(name) is not \(what)")
        #expect(throws: error) { try StreamCounters(reply(Self.counting.filter { $0.0 != name })) }
        let wrong = Self.counting.map { ($0.0, $0.0 == name ? .text("many") : $0.1) }
        #expect(throws: error) { try StreamCounters(reply(wrong)) }
    }

    @Test(
        "is not understood where it is no list of fields",
        arguments: [.null, .integer(1), .text("OK"), .status("QUEUED"), .array([.text("length")])] as [RedisReply])
    func noFields(reply: RedisReply) {
        #expect(throws: SampleError.unexpectedReply(command: "XINFO STREAM", what: "not a list of fields")) {
            try StreamCounters(reply)
        }
    }

    @Test("is measured by its strings, at any depth")
    func stringBytes() {
        #expect(RedisReply.array([.text("abc"), .integer(7), .array([.text("de"), .null])]).stringBytes == 5)
        #expect(RedisReply.status("OK").stringBytes == 0)
    }
}
