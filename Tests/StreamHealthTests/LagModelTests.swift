import StreamModel
import TestSupport
import Testing

@testable import StreamHealth

@Suite("The lag of a stream of which the truth is known")
struct LagModelTests {
    /// What a server tells of the stream.
    enum Telling: String, CaseIterable, Sendable {
        /// Redis 6.0: no counters, no lag.
        case nothing
        /// It has lost count.
        case noLag
        /// Redis 8.0, which was never seen to be wrong.
        case truth
        /// Redis 8.0 with large entries: the counters are of some earlier poll.
        case truthWithStaleCounters
        /// Redis 7.0, which may say anything once an entry was removed.
        case anythingOnceTouched
        /// Valkey 8.1, which may say anything once an entry was deleted beyond the delivered position.
        case anythingBeyondHoles
    }

    @Test(
        "is never 0 unless it is, and lies within the uncertainty", arguments: Telling.allCases, UInt64(1)...8)
    func truth(telling: Telling, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<150 {
            var stream = ModelStream()
            var earlier = stream.counters
            for _ in 0..<Int.random(in: 1...60, using: &random) {
                stream.change(using: &random)
                if Int.random(in: 0..<5, using: &random) == 0 { earlier = stream.counters }
                check(stream, telling, earlier, using: &random)
            }
        }
    }

    @Test("is exact in most cases where the server tells the truth")
    func mostlyExact() {
        var random = SplitMix64(seed: 99)
        var stream = ModelStream()
        var exact = 0
        for _ in 0..<2_000 {
            stream.change(using: &random)
            if derived(stream, .truth, stream.counters, using: &random)?.isExact == true { exact += 1 }
        }
        #expect(exact > 1_000)
    }

    private func check(
        _ stream: ModelStream, _ telling: Telling, _ earlier: StreamCounters, using random: inout SplitMix64
    ) {
        guard let lag = derived(stream, telling, earlier, using: &random) else {
            Issue.record("nothing is known of \(stream)")
            return
        }
        #expect((0...stream.length).contains(lag.entries), "\(lag) of \(stream)")
        #expect(abs(stream.lag - lag.entries) <= lag.uncertainty, "\(lag) of \(stream)")
        #expect(lag.entries > 0 || stream.lag == 0, "\(stream)")
        #expect(lag.entries > 0 || lag.isExact, "\(stream)")
    }

    private func derived(
        _ stream: ModelStream, _ telling: Telling, _ earlier: StreamCounters, using random: inout SplitMix64
    ) -> Lag? {
        let anything = [nil, Int64.random(in: -1...stream.length + 1, using: &random)].randomElement(using: &random)
        var counters = stream.counters
        var group = GroupObservation.sample(delivered: 0)
        group.lastDeliveredID = stream.delivered
        var server = ServerIdentity.redis(8, 0, 0)
        switch telling {
        case .nothing:
            (counters.entriesAdded, counters.maxDeletedEntryID) = (nil, nil)
            server = .redis(6, 0, 20)
        case .noLag: server = .redis(7, 0, 15)
        case .truth: group.reportedLag = stream.lag
        case .truthWithStaleCounters:
            group.reportedLag = stream.lag
            counters = earlier
        case .anythingOnceTouched:
            group.reportedLag = stream.isUntouched ? stream.lag : anything ?? nil
            server = .redis(7, 0, 15)
        case .anythingBeyondHoles:
            group.reportedLag = stream.mayHaveHoleAhead ? anything ?? nil : stream.lag
            server = .valkey(8, 1, 0)
        }
        let observation = StreamObservation(
            length: stream.length, counters: counters, countersAreCurrent: telling != .truthWithStaleCounters,
            groups: [group])
        return Lag.derive(for: group, in: observation, on: server)
    }
}
