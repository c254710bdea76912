import Platform
import TestSupport
import Testing

@Suite("The wait before the next attempt")
struct BackoffTests {
    @Test("doubles with each failure up to five seconds, and is at least half of that", arguments: UInt64(1)...8)
    func bounds(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var backoff = Backoff(first: .milliseconds(250), longest: .seconds(5))
        let longest: [Duration] =
            [.milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(4)]
            + Array(repeating: .seconds(5), count: 200)
        for bound in longest {
            let delay = backoff.nextDelay(using: &random)
            #expect(delay >= bound / 2 && delay <= bound)
        }
        backoff.reset()
        #expect(backoff.nextDelay(using: &random) <= .milliseconds(250))
    }

    @Test("differs between weirs")
    func spread() {
        let delays = (UInt64(1)...50).map { seed in
            var random = SplitMix64(seed: seed)
            var backoff = Backoff(first: .milliseconds(250), longest: .seconds(5))
            return backoff.nextDelay(using: &random)
        }
        #expect(Set(delays).count > 40)
    }
}
