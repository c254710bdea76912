import Alerting
import StreamModel
import Testing

@Suite("A slow server")
struct RoundTripRuleTests {
    /// Looks every `interval` seconds, by each of which so many round trips were slow and so many fast.
    private func looks(
        _ counts: [(slow: Int, fast: Int)], slow seconds: Double = 0.11, limit: Int64? = nil, every interval: Int64 = 5,
        window: Int64 = 60
    ) -> [String] {
        var target = RuledTarget(limits: limit.map { [.redisSlow: [.roundTrip: $0]] } ?? [:]) {
            $0.intervalMilliseconds = interval * 1000
            $0.windowMilliseconds = window * 1000
        }
        return counts.enumerated().map { index, count in
            for _ in 0..<count.slow { target.snapshot.polling.roundTrip.record(seconds: seconds) }
            for _ in 0..<count.fast { target.snapshot.polling.roundTrip.record(seconds: 0.001) }
            return target.look(.redisSlow, at: Int64(index) * interval).text
        }
    }

    private func words(_ slow: Int, of count: Int, over limit: String = "100 ms") -> String {
        "10.0.0.1:6379 answers slowly: \(slow) of the last \(count) round trips took more than \(limit)."
    }

    @Test("is told by the share of slow round trips of the last window, however they are spread over its looks")
    func spread() {
        let slow = [2, 2, 2, 1, 2, 2, 2, 2, 2, 2]
        let texts = looks([(0, 1)] + slow.map { ($0, $0 == 1 ? 10 : 9) } + [(0, 1)])
        #expect(texts[0] == "unknown")
        #expect(texts.dropFirst(1).allSatisfy { $0.contains(" answers slowly: ") })
        #expect(texts[10] == words(19, of: 110))
        #expect(texts[11] == words(19, of: 111))
    }

    @Test("is one where more than a hundredth are slow")
    func share() {
        #expect(looks([(0, 1), (1, 99)])[1] == "clear")
        #expect(looks([(0, 1), (1, 98)])[1] == words(1, of: 99))
    }

    @Test("is not told by what is only said to be slow by a bucket that begins below the limit")
    func certain() {
        #expect(looks([(0, 1), (3, 0)], limit: 200)[1] == "clear")
        #expect(looks([(0, 1), (3, 0)], slow: 0.3, limit: 200)[1] == words(3, of: 3, over: "250 ms"))
        #expect(looks([(0, 1), (3, 0)], slow: 0.3, limit: 250)[1] == words(3, of: 3, over: "250 ms"))
        #expect(looks([(0, 1), (3, 0)], slow: 0.3, limit: 251)[1] == "clear")
        #expect(looks([(0, 1), (3, 0)], slow: 0.3, limit: 3000)[1] == "clear")
        #expect(looks([(0, 1), (3, 0)], slow: 30, limit: 2500)[1] == words(3, of: 3, over: "2 s"))
    }

    @Test("is well again half a window after the last slow round trip")
    func over() {
        let texts = looks([(0, 1), (3, 0), (3, 0)] + Array(repeating: (0, 3), count: 12))
        #expect(texts[7] == words(6, of: 21))
        #expect(texts[8] == "clear")
    }

    @Test("is none by a single look, however far apart the looks are", arguments: [(30, 90), (60, 180), (600, 60)])
    func single(interval: Int64, window: Int64) {
        let texts = looks([(0, 1), (1, 2), (0, 3), (0, 3)], every: interval, window: window)
        #expect(texts == ["unknown", words(1, of: 3), "clear", "clear"])
    }

    @Test("cannot be told where there was no round trip, or counting begins anew")
    func unknown() {
        var target = RuledTarget()
        for _ in 0..<9 { target.snapshot.polling.roundTrip.record(seconds: 2) }
        #expect(target.look(.redisSlow, at: 0).text == "unknown")
        #expect(target.look(.redisSlow, at: 5).text == "unknown")
        target.snapshot.polling.roundTrip.record(seconds: 2)
        #expect(target.look(.redisSlow, at: 10).text == words(1, of: 1))
        target.snapshot.polling = PollStatistics()
        #expect(target.look(.redisSlow, at: 15).text == "unknown")
        target.snapshot.polling.roundTrip.record(seconds: 0.001)
        #expect(target.look(.redisSlow, at: 20).text == "clear")
    }

    @Test("is told by the last look alone where weir's clock was set back")
    func clock() {
        var target = RuledTarget()
        for second in [3600, 3605, 0, 5] as [Int64] {
            target.snapshot.polling.roundTrip.record(seconds: 2)
            _ = target.look(.redisSlow, at: second)
        }
        target.snapshot.polling.roundTrip.record(seconds: 2)
        #expect(target.look(.redisSlow, at: 10).text == words(2, of: 2))
    }
}
