import RedisClient
import Remediation
import StreamModel
import TestSupport
import Testing

@testable import Rescue

@Suite("The look for an order's entries")
struct PendingScanTests {
    private func row(
        _ number: UInt64, _ consumer: String? = "c", idle: Int64 = 60_000, deliveries: Int64 = 3
    ) -> PendingEntry {
        PendingEntry(
            id: StreamID(milliseconds: number, sequence: 0), consumer: consumer.map { Name($0) },
            idleMilliseconds: idle,
            deliveries: deliveries)
    }

    @Test("takes those that were idle and delivered as the order says, and are nobody's who is at work")
    func eligible() {
        var order = RemediationOrder.move(to: "retry", least: 2, tooMany: 5)
        order.spared = [Name("busy")]
        order.skipped = [StreamID(milliseconds: 9, sequence: 0)]
        #expect(order.concerns(row(1)))
        #expect(order.concerns(row(1, deliveries: 2)))
        #expect(order.concerns(row(1, deliveries: 4)))
        for other in [
            row(1, deliveries: 1), row(1, deliveries: 5), row(1, idle: 59_999), row(1, nil), row(1, "busy"), row(9),
        ] {
            #expect(!order.concerns(other))
        }
        order.task = .move(to: Name("d"), leastDeliveries: 5, tooManyDeliveries: nil, hasProvenance: true)
        #expect(order.concerns(row(1, deliveries: 1_000)))
    }

    @Test("takes for a claim what the consumer does not hold already, and knows whom it would rob")
    func claim() {
        var order = RemediationOrder.claim(to: "r")
        order.spared = [Name("r"), Name("busy")]
        #expect(order.concerns(row(1)))
        #expect(!order.concerns(row(1, "r")))
        #expect(order.robbed(by: [row(1), row(2, "r"), row(3, "busy", idle: 5)]) == nil)
        #expect(order.robbed(by: [row(1), row(3, "busy")]) == Name("busy"))
    }

    @Test("sees each row once, however the list is divided among orders", arguments: UInt64(1)...20)
    func property(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let list = (1...UInt64.random(in: 1...2_500, using: &random)).map {
            row($0, idle: Bool.random(using: &random) ? 60_000 : 1)
        }
        var order = RemediationOrder.move(to: "retry", allowance: Int.random(in: 1...700, using: &random))
        var seen: [PendingEntry] = []
        for _ in 0..<10_000 {
            var scan = PendingScan(order)
            var asked = 0
            while let command = scan.command {
                let words = command.arguments.map { String(decoding: $0, as: UTF8.self) }
                let (start, count) = (StreamID(words[3].utf8) ?? .zero, Int(words[5]) ?? 0)
                #expect(Array(words[0...2]) == ["XPENDING", "s", "g"])
                asked += count
                scan.ingest(Array(list.drop { $0.id < start }.prefix(count)))
            }
            #expect(asked <= PendingScan.rowsPerOrder)
            #expect(scan.chosen.count <= order.allowance)
            seen += scan.chosen
            order.cursor = scan.cursor
            if scan.cursor == .zero { break }
        }
        #expect(seen == list.filter { $0.idleMilliseconds >= RemediationOrder.minIdle })
        #expect(order.cursor == .zero)
    }

    @Test("begins anew after the highest ID of all")
    func end() {
        var order = RemediationOrder.move(to: "retry")
        order.cursor = StreamID(milliseconds: .max, sequence: .max)
        let scan = PendingScan(order)
        #expect(scan.command == nil)
        #expect(scan.cursor == .zero)
    }
}
