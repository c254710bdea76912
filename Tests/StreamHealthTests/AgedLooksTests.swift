import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

/// A group that is said to be as it was, only older, is not judged anew: that must come to the same as if it were.
@Suite("Looks that show nothing new")
struct AgedLooksTests {
    @Test("leave the state as it would be had all been looked at", arguments: 1...40 as ClosedRange<UInt64>)
    func sameState(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var model = Model()
        var (told, untold) = (Target(), Target())
        var aged = 0
        for look in 1...120 as ClosedRange<Int64> {
            let isQuiet = Int.random(in: 0..<10, using: &random) < 7
            model.pass(milliseconds: 5_000)
            if !isQuiet { model.change(&random) }
            if Int.random(in: 0..<60, using: &random) == 0 {
                let consumer = Name("c\(Int.random(in: 0..<3, using: &random))")
                let taken = [TakenEntry(id: entryID(1_000), consumer: consumer)]
                told.state.note(taken: taken, of: Name("g"), in: Name("s"))
                untold.state.note(taken: taken, of: Name("g"), in: Name("s"))
            }
            if Int.random(in: 0..<60, using: &random) == 0 {
                let poison = Int64.random(in: 1...4, using: &random)
                told.state.configuration.health.usual.poisonDeliveries = poison
                untold.state.configuration.health.usual.poisonDeliveries = poison
            }
            // Somebody sets the server's clock.
            let offset: Int64 = Int.random(in: 0..<60, using: &random) == 0 ? 100_000 : 0
            let full = model.stream(aged: nil)
            let isAged = isQuiet && look > 1
            if isAged { aged += 1 }
            told.ingest(
                [Name("s"): .success(isAged ? model.stream(aged: 5_000) : full)], at: 5 * look, clockOffset: offset)
            untold.ingest([Name("s"): .success(full)], at: 5 * look, clockOffset: offset)
            #expect(told.state == untold.state, "look \(look)")
        }
        #expect(aged > 40)
    }

    /// What a server knows of a stream with one group.
    private struct Model {
        private struct Held {
            var consumer: Int
            var idle: Int64
            var deliveries: Int64
        }

        private var generated: UInt64 = 1_000
        private var delivered: UInt64 = 1_000
        private var idle: [Int64] = [0, 0, 0]
        private var pending: [UInt64: Held] = [:]

        mutating func pass(milliseconds: Int64) {
            for place in idle.indices { idle[place] += milliseconds }
            for id in pending.keys { pending[id]?.idle += milliseconds }
        }

        mutating func change(_ random: inout SplitMix64) {
            let consumer = Int.random(in: 0..<3, using: &random)
            idle[consumer] = Int64.random(in: 0..<5_000, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: generated += UInt64.random(in: 1...9, using: &random)
            case 1:
                let next = min(generated, delivered + 3)
                for id in delivered..<next {
                    pending[id + 1] = Held(consumer: consumer, idle: idle[consumer], deliveries: 1)
                }
                delivered = next
            case 2:
                for id in pending.keys.sorted().prefix(2) { pending[id] = nil }
            default:
                for id in pending.keys.sorted().prefix(1) {
                    pending[id] = Held(
                        consumer: consumer, idle: idle[consumer], deliveries: (pending[id]?.deliveries ?? 0) + 1)
                }
            }
        }

        func stream(aged: Int64?) -> StreamObservation {
            let rows = pending.sorted { $0.key < $1.key }.map { id, held in
                PendingEntry.sample(id, "c\(held.consumer)", idle: held.idle, deliveries: held.deliveries)
            }
            let consumers = idle.enumerated().map { place, idle in
                ConsumerObservation.sample(
                    "c\(place)", pending: Int64(pending.values.count { $0.consumer == place }), idle: idle)
            }
            var group = GroupObservation.sample(
                delivered: delivered, read: Int64(delivered), lag: Int64(generated - delivered), consumers: consumers,
                pending: Int64(rows.count), head: rows.isEmpty ? nil : rows)
            group.agedMilliseconds = aged
            return .sample(
                length: Int64(generated), first: 1, last: generated, generated: generated, deleted: 0,
                added: Int64(generated), groups: [group])
        }
    }
}
