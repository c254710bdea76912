import Testing

@testable import HTTPServer

@Suite("A bucket of tokens")
struct TokenBucketTests {
    @Test("gives a burst, and then one token each interval, saved up to the burst")
    func tokens() {
        var bucket = TokenBucket()
        let limit = RateLimit(interval: .seconds(1), burst: 2)
        let start = ContinuousClock.now
        let asked: [Double] = [0, 0, 0, 0.9, 1.1, 1.2, 1.9, 2.0, 2.1, 100, 100, 100, 101]
        let answers = asked.map { bucket.take(limit, at: start + .milliseconds(Int($0 * 1000))) }
        #expect(
            answers == [
                true, true, false, false, true, false, false, true, false, true, true, false, true,
            ])
    }

    @Test("is full under another limit")
    func change() {
        var bucket = TokenBucket()
        let now = ContinuousClock.now
        let answers = [9, 9, 8].map { seconds in
            bucket.take(RateLimit(interval: .seconds(seconds), burst: 1), at: now)
        }
        #expect(answers == [true, false, true])
    }
}
