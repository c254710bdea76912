import Testing

@testable import WeirDaemon

@Suite("When discovery takes its turn")
struct DiscoveryScheduleTests {
    private let start = ContinuousClock.now

    private func after(_ milliseconds: Int) -> ContinuousClock.Instant {
        start + .milliseconds(milliseconds)
    }

    @Test("A pass is due at once, and then at its cadence")
    func cadence() {
        var schedule = DiscoverySchedule(from: start, every: .seconds(60))
        #expect(schedule.isPassDue(at: start))
        #expect(schedule.next(isUnderWay: false) == start)
        schedule.began(at: after(10))
        #expect(!schedule.isPassDue(at: after(60_009)))
        #expect(schedule.isPassDue(at: after(60_010)))
        #expect(schedule.next(isUnderWay: false) == after(60_010))
        schedule.failed(at: after(500))
        #expect(schedule.isPassDue(at: after(500)))
    }

    @Test("Steps are so far apart that they take no more than is allowed of the time between two polls")
    func pace() {
        var schedule = DiscoverySchedule(from: start, every: .seconds(60))
        schedule.began(at: start)
        #expect(schedule.next(isUnderWay: true) == start)
        schedule.stepped(.milliseconds(1), at: after(1), allowance: .milliseconds(100), outOf: .seconds(5))
        #expect(schedule.next(isUnderWay: true) == after(51))
        schedule.stepped(.milliseconds(4), at: after(100), allowance: .milliseconds(25), outOf: .seconds(5))
        #expect(schedule.next(isUnderWay: true) == after(900))
    }

    @Test("A pass that took longer than the cadence is followed by the next, at the same pace")
    func atOnce() {
        var schedule = DiscoverySchedule(from: start, every: .seconds(1))
        schedule.began(at: start)
        schedule.stepped(.milliseconds(1), at: after(5_000), allowance: .milliseconds(100), outOf: .seconds(5))
        #expect(schedule.next(isUnderWay: false) == after(5_050))
        #expect(schedule.isPassDue(at: after(5_050)))
    }

    @Test("No step is free")
    func leastCost() {
        var schedule = DiscoverySchedule(from: start, every: .seconds(1))
        schedule.stepped(.zero, at: start, allowance: .milliseconds(100), outOf: .seconds(5))
        #expect(schedule.next(isUnderWay: true) == start + .microseconds(2_500))
    }
}
