import StreamModel
import Testing

@testable import StreamHealth

@Suite("weir's own clock of the lowest pending IDs")
struct PendingSweepClockTests {
    private static func at(_ seconds: Int64) -> Timestamp {
        PendingSweepFiguresTests.start.advanced(byMilliseconds: seconds * 1_000)
    }

    private static func row(_ id: UInt64, idle seconds: Int64) -> PendingEntry {
        PendingSweepFiguresTests.row(id, idle: seconds * 1_000)
    }

    @Test("starts with the idle time, and goes on although claims reset that")
    func claims() {
        var clock = PendingClock()
        #expect(clock.oldestAgeSeconds(at: Self.at(0)) == nil)
        clock.see([Self.row(1, idle: 30)], at: Self.at(0))
        #expect(clock.oldestAgeSeconds(at: Self.at(0)) == 30)
        clock.see([Self.row(1, idle: 0)], at: Self.at(100))
        #expect(clock.oldestAgeSeconds(at: Self.at(110)) == 140)
    }

    @Test("takes a longer idle time for what it is: XCLAIM may set one")
    func longerIdle() {
        var clock = PendingClock()
        clock.see([Self.row(1, idle: 0)], at: Self.at(0))
        clock.see([Self.row(1, idle: 500)], at: Self.at(100))
        #expect(clock.oldestAgeSeconds(at: Self.at(100)) == 500)
    }

    @Test("knows how old the next one is when the lowest is acknowledged")
    func nextInLine() {
        var clock = PendingClock()
        clock.see([Self.row(1, idle: 60), Self.row(2, idle: 50)], at: Self.at(0))
        clock.see([Self.row(2, idle: 0), Self.row(3, idle: 0)], at: Self.at(10))
        #expect(clock.oldestAgeSeconds(at: Self.at(10)) == 60)
        clock.see([Self.row(3, idle: 0)], at: Self.at(20))
        #expect(clock.oldestAgeSeconds(at: Self.at(20)) == 10)
    }

    @Test("is of the oldest of them, not of the lowest")
    func oldest() {
        var clock = PendingClock()
        clock.see([Self.row(1, idle: 1), Self.row(2, idle: 70)], at: Self.at(0))
        #expect(clock.oldestAgeSeconds(at: Self.at(0)) == 70)
    }

    @Test("remembers the 16 lowest, through the sweep's pages too")
    func reach() {
        var machine = PendingSweepFiguresTests.Machine()
        let rows = (1...17).map { Self.row($0, idle: $0 == 17 ? 900 : Int64($0)) }
        let summary = machine.ingest(PendingSweepFiguresTests.page(rows, starts: true))
        #expect(summary.oldestAgeSeconds == 16)
        let later = machine.ingest(PendingSweepFiguresTests.page([Self.row(99, idle: 5_000)], ends: true), after: 100)
        #expect(later.oldestAgeSeconds == 116)
    }
}
