import Testing

@testable import WeirDaemon

@Suite("The schedule of polls")
struct PollScheduleTests {
    private static let start = ContinuousClock.now

    private func seconds(_ seconds: Double) -> ContinuousClock.Instant {
        Self.start + .seconds(seconds)
    }

    @Test("keeps to whole intervals from the first, whatever a poll takes")
    func steady() {
        var schedule = PollSchedule(from: Self.start, every: .seconds(5))
        for (now, due) in [(0.1, 5), (6, 10), (14.999, 15), (15.001, 20)] as [(Double, Double)] {
            let turn = schedule.next(after: seconds(now))
            #expect(turn.due == seconds(due))
            #expect(turn.skipped == 0)
        }
    }

    @Test(
        "counts the turns that have passed, and does not make up for them",
        arguments: [(4.9, 5, 0), (5, 5, 0), (5.1, 10, 1), (10, 10, 1), (12, 15, 2), (604_801, 604_805, 120_960)]
            as [(Double, Double, UInt64)])
    func late(now: Double, due: Double, skipped: UInt64) {
        var schedule = PollSchedule(from: Self.start, every: .seconds(5))
        let turn = schedule.next(after: seconds(now))
        #expect(turn.due == seconds(due))
        #expect(turn.skipped == skipped)
        #expect(schedule.next(after: seconds(due + 0.1)).skipped == 0)
    }

    @Test("does not run ahead where the clock seems to stand still")
    func early() {
        var schedule = PollSchedule(from: Self.start, every: .seconds(5))
        #expect(schedule.next(after: seconds(-3)).due == seconds(5))
    }

    @Test("begins so late that targets are not polled all at once", arguments: [(0.5, 2.5), (1, 5), (1.5, 7.5)])
    func firstGap(gap: Double, second: Double) {
        var schedule = PollSchedule(from: Self.start, every: .seconds(5), firstGap: gap)
        for number in 0..<3 {
            let turn = schedule.next(after: seconds(second + Double(number) * 5 - 2.4))
            #expect(turn.due == seconds(second + Double(number) * 5))
            #expect(turn.skipped == 0)
        }
    }
}
