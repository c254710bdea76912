import StreamModel
import TestSupport
import Testing

@testable import Sampling

@Suite("The order in which a poll looks at the streams")
struct TurnTests {
    /// Streams that are looked at, a few batches at a time.
    private struct Round {
        var names: [Name]
        var preferred: Set<Name>
        var lastLooks: [Name: UInt64] = [:]
        var beat: UInt64 = 0
        var poll: UInt64 = 0

        init(preferred: Int, quiet: Int) {
            self.preferred = Set((0..<preferred).map { Name("p\(1_000 + $0)") })
            names = (0..<quiet).map { Name("q\(1_000 + $0)") } + self.preferred
        }

        /// One poll that gets through so many batches of 10.
        mutating func look(batches: Int) -> [Name] {
            poll += 1
            let looks = names.map { (look: lastLooks[$0] ?? 0, name: $0) }
            var turn = Turn(looks, preferring: preferred, beat: beat, batchSize: 10)
            let looked = turn.next(batches: batches)
            beat = turn.beat
            for name in looked { lastLooks[name] = poll }
            return looked
        }
    }

    @Test("is all of them, each once, by name where none was looked at before")
    func all() {
        var round = Round(preferred: 0, quiet: 95)
        #expect(round.look(batches: 20) == round.names.sorted())
        round = Round(preferred: 33, quiet: 44)
        let looked = round.look(batches: 20)
        #expect(looked.count == 77)
        #expect(Set(looked) == Set(round.names))
    }

    @Test("is three batches of the preferred and one of the quiet, while there are both")
    func merged() {
        var round = Round(preferred: 50, quiet: 50)
        let kinds = round.look(batches: 20).map { $0.bytes[0] == UInt8(ascii: "p") ? "p" : "q" }
        let batches = stride(from: 0, to: 100, by: 10).map { kinds[$0..<$0 + 10].joined() }
        #expect(batches.map { String($0.prefix(1)) }.joined() == "pppqppqqqq")
        #expect(batches.allSatisfy { Set($0).count == 1 })
    }

    @Test("goes on with those that were looked at longest ago")
    func longestAgo() {
        var round = Round(preferred: 0, quiet: 100)
        let first = round.look(batches: 4)
        let second = round.look(batches: 4)
        let third = round.look(batches: 4)
        #expect(first + second + third.prefix(20) == round.names.sorted())
        #expect(Array(third.suffix(20)) == Array(first.prefix(20)))
    }

    @Test("looks at all the preferred in every poll where they fit into three quarters of it")
    func preferredFirst() {
        var round = Round(preferred: 60, quiet: 500)
        for _ in 0..<50 { #expect(round.preferred.isSubset(of: round.look(batches: 8))) }
    }

    @Test("starves nobody, however little a poll gets through", arguments: 1...9)
    func noStarvation(batches: Int) {
        var generator = SplitMix64(seed: UInt64(batches))
        var round = Round(preferred: 120, quiet: 240)
        let all = round.names
        // Three of four batches are of 120 streams, one of 240; one more while the beat comes round.
        let most = max((120 * 4 + 29) / 30, (240 * 4 + 9) / 10) / batches + 5
        for _ in 0..<500 {
            // Some rest and others wake, which may put a stream behind others once.
            if round.poll.isMultiple(of: 100) {
                round.preferred = Set(all.shuffled(using: &generator).prefix(120))
                round.lastLooks = [:]
                round.poll = 0
            }
            _ = round.look(batches: batches)
            for name in all {
                #expect(round.poll - (round.lastLooks[name] ?? 0) <= UInt64(most), "\(name)")
            }
        }
    }
}
