import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("What XINFO GROUPS, XINFO CONSUMERS and XPENDING answer")
struct GroupReplyTests {
    private func group(_ extra: [RedisReply]) -> RedisReply {
        .array(
            [
                .text("name"), .string([0x67, 0xFF]), .text("consumers"), .integer(2), .text("pending"), .integer(3),
                .text("last-delivered-id"), .text("1588152489012-0"),
            ] + extra)
    }

    @Test("A group before Redis 7.0 has no counters, and nil is not 0")
    func groups() throws {
        var expected = GroupObservation(
            name: Name([0x67, 0xFF]), consumerCount: 2, pending: 3,
            lastDeliveredID: StreamID(milliseconds: 1_588_152_489_012, sequence: 0), entriesRead: nil, reportedLag: nil)
        #expect(try GroupObservation(group([])) == expected)
        #expect(try GroupObservation(group([.text("entries-read"), .null, .text("lag"), .null])) == expected)
        #expect(try GroupObservation(group([.text("nacked-count"), .integer(1)])) == expected)
        (expected.entriesRead, expected.reportedLag) = (1, 0)
        #expect(
            try GroupObservation(group([.text("entries-read"), .integer(1), .text("lag"), .integer(0)])) == expected)
    }

    @Test(
        "A group must have what every version answers",
        arguments: [
            (0, "name is not a string"), (2, "consumers is not an integer"), (4, "pending is not an integer"),
            (6, "last-delivered-id is not an ID"),
        ])
    func groupFields(index: Int, what: String) throws {
        var elements = try #require(group([]).elements)
        elements[index + 1] = .null
        let error = SampleError.unexpectedReply(command: "XINFO GROUPS", what: what)
        #expect(throws: error) { try GroupObservation(.array(elements)) }
        elements.removeSubrange(index...index + 1)
        #expect(throws: error) { try GroupObservation(.array(elements)) }
    }

    @Test("A consumer is inactive from 7.2, where it ever got something")
    func consumers() throws {
        func consumer(_ extra: [RedisReply], idle: Int64 = 200) -> RedisReply {
            .array(
                [.text("name"), .text("c"), .text("pending"), .integer(1), .text("idle"), .integer(idle)] + extra)
        }
        var expected = ConsumerObservation(
            name: Name("c"), pending: 1, idleMilliseconds: 200, inactiveMilliseconds: nil)
        #expect(try ConsumerObservation(consumer([])) == expected)
        #expect(try ConsumerObservation(consumer([.text("inactive"), .integer(-1)])) == expected)
        expected.inactiveMilliseconds = 0
        #expect(try ConsumerObservation(consumer([.text("inactive"), .integer(0)])) == expected)
        // A server whose clock was set back.
        #expect(try ConsumerObservation(consumer([], idle: -5)).idleMilliseconds == 0)
        #expect(throws: SampleError.unexpectedReply(command: "XINFO CONSUMERS", what: "idle is not an integer")) {
            try ConsumerObservation(.fields(["name": .text("c"), "pending": .integer(1)]))
        }
    }

    @Test("A pending entry has a consumer unless it was given back")
    func pendingEntries() throws {
        func row(_ consumer: String, _ idle: Int64, _ deliveries: Int64, more: [RedisReply] = []) -> RedisReply {
            .array([.text("1-2"), .text(consumer), .integer(idle), .integer(deliveries)] + more)
        }
        let id = StreamID(milliseconds: 1, sequence: 2)
        let held = PendingEntry(id: id, consumer: Name("c"), idleMilliseconds: 196_415, deliveries: 1)
        #expect(try entry(row("c", 196_415, 1)) == held)
        #expect(try entry(row("c", 196_415, 1, more: [.integer(0)])) == held)
        #expect(try entry(row("c", -3, 1)).idleMilliseconds == 0)
        // A consumer may be called "", and it is none that has given the entry back.
        #expect(try entry(row("", 5, 1)).consumer == Name(""))
        let nacked = try entry(row("", -1, .max))
        #expect(nacked.isNacked)
        #expect(nacked.idleMilliseconds == 0)
    }

    private func entry(_ row: RedisReply) throws -> PendingEntry {
        try #require(try RedisReply.array([row]).pendingList().first)
    }

    @Test(
        "A pending entry is not understood where something is missing or of another kind",
        arguments: [
            .null, .array([]), .array([.text("1-2"), .text("c"), .integer(1)]),
            .array([.text("12"), .text("c"), .integer(1), .integer(1)]),
            .array([.text("1-2"), .null, .integer(1), .integer(1)]),
            .array([.text("1-2"), .text("c"), .text("1"), .integer(1)]),
            .array([.text("1-2"), .text("c"), .integer(1), .null]),
        ] as [RedisReply])
    func strangeRows(reply: RedisReply) {
        let what = "not a row of ID, consumer, idle time and deliveries"
        #expect(throws: SampleError.unexpectedReply(command: "XPENDING", what: what)) { try entry(reply) }
    }

    @Test("A list is decoded whole or not at all")
    func lists() throws {
        func list(_ reply: RedisReply) throws(SampleError) -> [GroupObservation] {
            try reply.list(of: "XINFO GROUPS") { (reply) throws(SampleError) in try GroupObservation(reply) }
        }
        #expect(try list(.array([])).isEmpty)
        #expect(try list(.array([group([]), group([])])).count == 2)
        #expect(throws: SampleError.unexpectedReply(command: "XINFO GROUPS", what: "not a list of fields")) {
            try list(.array([group([]), .null]))
        }
        #expect(throws: SampleError.unexpectedReply(command: "XINFO GROUPS", what: "not a list")) { try list(.null) }
        #expect(throws: SampleError.noSuchKey) { try list(.failure("ERR no such key")) }
    }

    @Test(
        "An error is told by its first word",
        arguments: [
            ("ERR no such key", .noSuchKey), ("NOGROUP No such consumer group 'g' for key name 's'", .noSuchGroup),
            ("NOGROUP", .noSuchGroup),
            ("WRONGTYPE Operation against a key holding the wrong kind of value", .wrongType),
            ("NOPERM this user has no permissions to access one of the keys", .noPermission(command: "XLEN")),
            ("ERR no such key in sight", .refused(command: "XLEN", message: "ERR no such key in sight")),
            ("NOPERMISSION x", .refused(command: "XLEN", message: "NOPERMISSION x")),
            ("", .refused(command: "XLEN", message: "")),
        ] as [(String, SampleError)])
    func errors(message: String, error: SampleError) {
        #expect(throws: error) { try RedisReply.failure(message).value(of: "XLEN") }
    }

    @Test(
        "Some errors concern every key alike",
        arguments: [
            ("LOADING Redis is loading the dataset in memory", true), ("NOAUTH Authentication required.", true),
            ("BUSY Redis is busy running a script.", true), ("MASTERDOWN Link with MASTER is down", true),
            ("CLUSTERDOWN The cluster is down", true), ("CLUSTERDOWN Hash slot not served", false),
            ("NOPERM no", false), ("ERR no such key", false), ("BUSYGROUP exists", false),
        ])
    func concernsServer(message: String, concerns: Bool) {
        #expect(RedisErrorReply(message: message).concernsServer == concerns)
    }
}
