import RedisClient
import StreamModel
import Testing

@testable import Sampling

@Suite("One group's part of a poll's sweep")
struct PendingSweepLegTests {
    private static func leg(_ next: StreamID = .zero, left: Int = 5_000, rows: Int = 2_500) -> SweepLeg {
        SweepLeg(
            stream: Name("orders"), group: Name("billing"), origin: SweepLeg.Origin(stream: 0, group: 0), next: next,
            left: left, rowsGranted: rows)
    }

    private static func row(_ id: String, _ consumer: String = "c", _ idle: Int64 = 7, _ count: Int64 = 2) -> RedisReply
    {
        .array([.string(Array(id.utf8)), .string(Array(consumer.utf8)), .integer(idle), .integer(count)])
    }

    @Test(
        "begins the next page with the lowest ID after the last, in words that every version understands",
        arguments: [
            ("7-3", "7-4"), ("7-18446744073709551614", "7-18446744073709551615"), ("7-18446744073709551615", "8-0"),
        ])
    func nextPage(last: String, start: String) {
        var leg = Self.leg(rows: 1_001)
        #expect(leg.command == RedisCommand("XPENDING", "orders", "billing", "0-0", "+", "1000"))
        leg.ingest(RedisReply.array((1..<1_000).map { Self.row("1-\($0)") } + [Self.row(last)]).pending)
        #expect(leg.command == RedisCommand("XPENDING", "orders", "billing", start, "+", "1"))
    }

    @Test("ends with the highest ID there is")
    func highestID() {
        var leg = Self.leg(rows: 1)
        leg.ingest(RedisReply.array([Self.row("18446744073709551615-18446744073709551615")]).pending)
        #expect(leg.page?.endsSweep == true)
    }

    @Test("ends with a page that is not full")
    func shortPage() {
        var leg = Self.leg()
        leg.ingest(RedisReply.array([Self.row("1-0"), Self.row("2-0", "", -1, .max)]).pending)
        #expect(leg.rowsToAsk == 0)
        let rows = [
            PendingEntry(
                id: StreamID(milliseconds: 1, sequence: 0), consumer: Name("c"), idleMilliseconds: 7, deliveries: 2),
            PendingEntry(
                id: StreamID(milliseconds: 2, sequence: 0), consumer: nil, idleMilliseconds: 0, deliveries: .max),
        ]
        #expect(leg.page == PendingPage(rows: rows, startsSweep: true, endsSweep: true))
    }

    @Test("ends where all has been seen that was pending when the sweep began")
    func allSeen() {
        var leg = Self.leg(StreamID(milliseconds: 5, sequence: 0), left: 1, rows: 1)
        leg.ingest(RedisReply.array([Self.row("6-0")]).pending)
        #expect(leg.page?.startsSweep == false)
        #expect(leg.page?.endsSweep == true)
    }

    @Test("stops in the middle where its rows are spent")
    func rowsSpent() {
        var leg = Self.leg(rows: 2)
        leg.ingest(RedisReply.array([Self.row("1-0"), Self.row("2-0")]).pending)
        #expect(leg.rowsToAsk == 0)
        #expect(leg.page?.endsSweep == false)
    }

    @Test(
        "has nothing to say of a group that is gone, and begins anew after an error",
        arguments: [
            ("NOGROUP No such key 'orders' or consumer group", nil),
            ("NOPERM no permissions to run 'xpending'", SampleError.noPermission(command: "XPENDING")),
        ])
    func refusal(message: String, error: SampleError?) {
        var sweep = PendingSweep()
        let pending = [Name("orders"): [Name("billing"): Int64(5_000)]]
        for answer in [RedisReply.array([Self.row("1-0")]), .error(RedisErrorReply(message: message))] {
            var legs = sweep.legs(over: pending, rows: 1)
            legs[0].ingest(answer.pending)
            sweep.finish(legs)
            guard answer.error != nil else { continue }
            #expect(legs[0].page == nil)
            #expect(legs[0].error == error)
            #expect(legs[0].isGone == (error == nil))
        }
        #expect(sweep.legs(over: pending, rows: 1)[0].start == .zero)
    }

    @Test("takes no row that it does not understand")
    func malformed() {
        var leg = Self.leg()
        leg.ingest(RedisReply.array([Self.row("1-0"), .integer(3)]).pending)
        #expect(leg.page == nil)
        #expect(leg.error != nil)
    }
}
