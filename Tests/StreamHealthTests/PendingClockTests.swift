import StreamModel
import Testing

@testable import StreamHealth

@Suite("How long the lowest pending entry has been pending")
struct PendingClockTests {
    private func time(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_790_000_000_000 + seconds * 1_000)
    }

    @Test("is its idle time at first sight")
    func firstSight() {
        let clock = PendingClock(.sample(5, idle: 30_000), at: time(0))
        #expect(clock.ageSeconds(at: time(0)) == 30)
        #expect(clock.ageSeconds(at: time(12)) == 42)
    }

    @Test("goes on when the entry is claimed, which starts the server's idle time again")
    func claimed() {
        let clock = PendingClock(.sample(5, idle: 30_000), at: time(0))
            .following(.sample(5, "rescuer", idle: 100), at: time(60))
            .following(.nacked(5), at: time(90))
        #expect(clock.ageSeconds(at: time(90)) == 120)
    }

    @Test("is longer than weir has watched where the idle time says so")
    func longerIdle() {
        let clock = PendingClock(.sample(5, idle: 0), at: time(0)).following(.sample(5, idle: 30_000), at: time(10))
        #expect(clock.ageSeconds(at: time(10)) == 30)
    }

    @Test("starts anew with another entry", arguments: [4, 6] as [UInt64])
    func anotherEntry(milliseconds: UInt64) {
        let clock = PendingClock(.sample(5, idle: 30_000), at: time(0))
            .following(.sample(milliseconds, idle: 1_000), at: time(60))
        #expect(clock.ageSeconds(at: time(60)) == 1)
    }

    @Test("is never negative, and no idle time is too long")
    func extremes() {
        #expect(PendingClock(.sample(5), at: time(10)).ageSeconds(at: time(0)) == 0)
        let clock = PendingClock(.sample(5, idle: .max), at: time(0))
        #expect(clock.ageSeconds(at: time(60)) >= 1_790_000_000)
    }
}
