import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("What is asked about one stream")
struct StreamQuestionTests {
    private static let group = RedisReply.fields([
        "name": .text("g"), "consumers": .integer(1), "pending": .integer(2), "last-delivered-id": .text("1-0"),
        "entries-read": .integer(1), "lag": .integer(4),
    ])
    private static let body = RedisReply.array([.text("1-0"), .array([.text("f"), .text("12345678")])])
    private static let stream = RedisReply.fields([
        "length": .integer(5), "radix-tree-keys": .integer(1), "radix-tree-nodes": .integer(2),
        "last-generated-id": .text("5-0"), "groups": .integer(1), "first-entry": body, "last-entry": body,
    ])
    private static let name = Name("s")

    @Test("is not its length where XINFO STREAM tells it")
    func counters() throws {
        let question = StreamQuestion(name: Self.name, kind: .counters, asksMemory: false)
        #expect(question.commands.map(\.words) == ["XINFO GROUPS s", "XINFO STREAM s"])
        let answer = try question.answer([.array([Self.group]), Self.stream], serverTime: nil)
        #expect(answer.stream.length == 5)
        #expect(answer.stream.countersAreCurrent)
        #expect(answer.stream.groups.map(\.reportedLag) == [4])
        #expect(answer.entries?.count == 2)
        #expect(answer.entries?.bytes == Self.stream.stringBytes)
    }

    @Test("is its length where no entry is to be shipped, and the earlier counters are kept")
    func length() throws {
        let earlier = try StreamCounters(Self.stream)
        for counters in [earlier, nil] {
            let question = StreamQuestion(name: Self.name, kind: .length(earlier: counters), asksMemory: false)
            #expect(question.commands.map(\.words) == ["XLEN s", "XINFO GROUPS s"])
            let answer = try question.answer([.integer(7), .array([Self.group])], serverTime: nil)
            #expect(answer.stream.length == 7)
            #expect(answer.stream.counters == counters)
            #expect(!answer.stream.countersAreCurrent)
            #expect(answer.entries == nil)
        }
    }

    @Test("may be its memory as well, and what that answers is no error of the stream")
    func memory() throws {
        let question = StreamQuestion(name: Self.name, kind: .length(earlier: nil), asksMemory: true)
        #expect(question.commands.map(\.words) == ["MEMORY USAGE s", "XLEN s", "XINFO GROUPS s"])
        let denied = RedisReply.failure("NOPERM User u has no permissions to run the 'memory|usage' command")
        for (reply, bytes) in [(RedisReply.integer(9_000), 9_000), (denied, nil)] as [(RedisReply, Int64?)] {
            let answer = try question.answer([reply, .integer(7), .array([])], serverTime: nil)
            #expect(answer.stream.memoryBytes == bytes)
        }
    }

    @Test(
        "may be its time to live as well, and what that answers is no error of the stream",
        arguments: [
            (.integer(-1), false), (.integer(0), true), (.integer(12_345), true),
            (.failure("NOPERM User u has no permissions to run the 'pttl' command"), nil),
        ] as [(RedisReply, Bool?)], [false, true])
    func expiry(answer: (reply: RedisReply, expires: Bool?), asksMemory: Bool) throws {
        let question = StreamQuestion(
            name: Self.name, kind: .length(earlier: nil), asksMemory: asksMemory, asksExpiry: true)
        let first = asksMemory ? ["MEMORY USAGE s"] : []
        #expect(question.commands.map(\.words) == first + ["PTTL s", "XLEN s", "XINFO GROUPS s"])
        let memory = asksMemory ? [RedisReply.integer(9_000)] : []
        let stream = try question.answer(memory + [answer.reply, .integer(7), .array([])], serverTime: nil).stream
        #expect(stream.expires == answer.expires)
        #expect(stream.memoryBytes == (asksMemory ? 9_000 : nil))
        #expect(stream.length == 7)
    }

    @Test("is due for its time to live as soon as that matters, and then with its memory")
    func expiryTurns() {
        let name = Name("orders")
        var record = StreamRecord()
        for _ in 0..<10 { record.look() }
        #expect(record.isExpiryDue(name))
        record.wasAskedExpiry = true
        for _ in 0..<120 {
            record.look()
            #expect(record.isExpiryDue(name) == record.isMemoryDue(name))
        }
        record.fail(at: 1)
        #expect(record.isExpiryDue(name))
    }

    @Test("fails with the first refusal")
    func refused() {
        let question = StreamQuestion(name: Self.name, kind: .length(earlier: nil), asksMemory: false)
        let keyDenied = RedisReply.failure("NOPERM No permissions to access a key")
        #expect(throws: SampleError.noPermission(command: "XLEN")) {
            try question.answer([keyDenied, keyDenied], serverTime: nil)
        }
        #expect(throws: SampleError.noSuchKey) {
            try question.answer([.integer(0), .failure("ERR no such key")], serverTime: nil)
        }
    }

    @Test("is due for its memory at first sight and then once in 60 looks, each stream at another time")
    func memoryTurns() {
        var dues = Array(repeating: 0, count: 60)
        for number in 0..<6_000 {
            let name = Name("orders:\(number)")
            var record = StreamRecord()
            #expect(record.isMemoryDue(name))
            record.memoryBytes = 1
            #expect(!record.isMemoryDue(name))
            let looks = (0..<120).filter { _ in
                record.look()
                return record.isMemoryDue(name)
            }
            #expect(looks.count == 2)
            if let first = looks.first { dues[first] += 1 }
        }
        #expect(dues.allSatisfy { (50...150).contains($0) }, "\(dues)")
    }

    @Test(
        "is cut into pipelines by number and by weight",
        arguments: [
            ([1, 1, 1, 1, 1], [[1, 1, 1], [1, 1]]), ([6, 5, 4, 1, 30, 1], [[6], [5, 4, 1], [30], [1]]), ([], []),
        ])
    func batches(weights: [Int], batches: [[Int]]) {
        #expect(weights.batched(count: 3, limit: 10) { $0 } == batches)
    }
}
