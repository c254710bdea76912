import Testing

@testable import RedisClient

@Suite("Requests that run ahead of the server")
struct PipelineProgressTests {
    private let start = ContinuousClock.now

    private func progress(_ sizes: [Int], _ limit: PipelineLimit) -> PipelineProgress {
        PipelineProgress(sizes.map { RedisRequest([RedisCommand("PING")], expectedBytes: $0) }, limit, at: start)
    }

    /// Sends all that may go now, and says how many that were.
    private func send(_ progress: inout PipelineProgress, at now: ContinuousClock.Instant) -> Int {
        var count = 0
        while progress.next(at: now) != nil { count += 1 }
        return count
    }

    @Test("are sent as far as their replies are expected to fit, and one whatever it takes")
    func bytes() {
        var progress = progress([40, 40, 40, 500, 10], PipelineLimit(bytesUnderWay: 100))
        #expect(send(&progress, at: start) == 2)
        _ = progress.answer(at: start)
        #expect(send(&progress, at: start) == 1)
        _ = progress.answer(at: start)
        #expect(send(&progress, at: start) == 0, "500 do not fit beside 40")
        _ = progress.answer(at: start)
        #expect(send(&progress, at: start) == 1)
        _ = progress.answer(at: start)
        #expect(send(&progress, at: start) == 1)
        _ = progress.answer(at: start)
        #expect(progress.awaited == nil)
    }

    @Test("take the time since the one before was answered; the first waits for the network")
    func elapsed() {
        var progress = progress([1, 1, 1], PipelineLimit(networkTime: .milliseconds(10)))
        #expect(send(&progress, at: start) == 3)
        let first = progress.answer(at: start + .milliseconds(12))
        #expect(first.elapsed == .milliseconds(12))
        #expect(!first.followed)
        let second = progress.answer(at: start + .milliseconds(15))
        #expect(second.elapsed == .milliseconds(3))
        #expect(second.followed)
        #expect(progress.deadline(.seconds(1)) == start + .milliseconds(1_015))
    }

    @Test("are sent no more once the time is spent; those under way are answered")
    func time() {
        let limit = PipelineLimit(bytesUnderWay: 2, time: .milliseconds(5), networkTime: .milliseconds(10))
        var progress = progress([1, 1, 1, 1, 1], limit)
        #expect(send(&progress, at: start) == 2)
        _ = progress.answer(at: start + .milliseconds(12))
        #expect(send(&progress, at: start + .milliseconds(12)) == 1, "2 ms were the server's")
        _ = progress.answer(at: start + .milliseconds(16))
        #expect(send(&progress, at: start + .milliseconds(16)) == 0)
        #expect(progress.answer(at: start + .milliseconds(17)).index == 2)
        #expect(progress.awaited == nil)
    }

    @Test("are one where there is no time at all")
    func first() {
        var progress = progress([1, 1], PipelineLimit(time: .zero))
        #expect(send(&progress, at: start) == 1)
    }
}
