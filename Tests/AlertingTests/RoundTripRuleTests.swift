import Alerting
import StreamModel
import Testing

@Suite("A slow server")
struct RoundTripRuleTests {
    @Test("is told by the round trips since the last look")
    func slow() {
        var target = RuledTarget()
        target.snapshot.polling.roundTrip.record(seconds: 2)
        #expect(target.look(.redisSlow, at: 0).text == "unknown")
        #expect(target.look(.redisSlow, at: 5).text == "unknown")
        for _ in 0..<10 { target.snapshot.polling.roundTrip.record(seconds: 0.1) }
        #expect(target.look(.redisSlow, at: 10).text == "clear")
        for _ in 0..<10 { target.snapshot.polling.roundTrip.record(seconds: 0.2) }
        #expect(
            target.look(.redisSlow, at: 15).text
                == "10.0.0.1:6379 takes about 248 ms for weir's commands (99th percentile since the last look), more than "
                + "100 ms.")
        target.snapshot.polling.roundTrip.record(seconds: 30)
        #expect(target.look(.redisSlow, at: 20).finding?.what.contains(" 2 s ") == true)
        target.snapshot.polling = PollStatistics()
        #expect(target.look(.redisSlow, at: 25).text == "unknown")
    }

    @Test("is what somebody calls slow")
    func tuned() {
        for (limit, isSlow) in [(9, true), (10, false)] as [(Int64, Bool)] {
            var target = RuledTarget(limits: [.redisSlow: [.roundTrip: limit]])
            _ = target.look(.redisSlow)
            target.snapshot.polling.roundTrip.record(seconds: 0.01)
            #expect((target.look(.redisSlow, at: 5).finding != nil) == isSlow)
        }
    }
}
