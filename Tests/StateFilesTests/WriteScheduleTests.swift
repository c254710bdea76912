import Testing

@testable import StateFiles

@Suite("The schedule of writing a document")
struct WriteScheduleTests {
    private enum Step {
        case changed(Double)
        case urgent(Double)
        case reverted
        case wrote(Double, took: Double)
        case failed(Double, took: Double)
    }

    private static let start = ContinuousClock.now

    private static func seconds(_ seconds: Double) -> ContinuousClock.Instant {
        start + .milliseconds(Int64((seconds * 1000).rounded()))
    }

    @Test(
        "writes at the right moment, or not at all",
        arguments: [
            ([], nil),
            // The first is written at once, and nothing is without a change.
            ([.changed(5)], 5),
            ([.changed(5), .changed(7)], 5),
            ([.changed(5), .wrote(5, took: 0.1)], nil),
            // Then the rest is fifty times what the write took: 0.1 s until 10.1, and 5 s.
            ([.changed(5), .wrote(10, took: 0.1), .changed(11)], 15.1),
            ([.changed(5), .wrote(10, took: 0.1), .changed(11), .changed(14)], 15.1),
            ([.changed(5), .wrote(10, took: 0.1), .changed(16)], 16),
            // An offer of before the end of the write that it was too late for.
            ([.changed(5), .wrote(10, took: 0.1), .changed(10.05)], 15.1),
            // However slow the disk is, no change waits longer than 30 s.
            ([.changed(5), .wrote(10, took: 2), .changed(13)], 43),
            ([.changed(5), .wrote(10, took: 2), .changed(13), .changed(40)], 43),
            ([.changed(5), .wrote(10, took: 2), .changed(100)], 112),
            ([.changed(5), .wrote(10, took: 2), .changed(113)], 113),
            // What is urgent does not wait for the rest, and takes along what does.
            ([.changed(5), .wrote(10, took: 2), .urgent(13)], 13),
            ([.changed(5), .wrote(10, took: 2), .changed(13), .urgent(20)], 13),
            ([.changed(5), .wrote(10, took: 2), .urgent(13), .wrote(13, took: 0.1), .changed(14)], 18.1),
            // Back to what the file says.
            ([.changed(5), .reverted], nil),
            ([.urgent(5), .reverted, .changed(6)], 6),
            ([.changed(5), .wrote(10, took: 0.1), .urgent(11), .reverted, .changed(12)], 15.1),
            // After a failure with the next change, which rests as after a write, or else after 30 s.
            ([.changed(5), .failed(10, took: 0.1)], 40.1),
            ([.changed(5), .failed(10, took: 0.1), .changed(11)], 15.1),
            ([.changed(5), .failed(10, took: 2), .changed(13)], 42),
            ([.urgent(5), .failed(10, took: 2), .urgent(13)], 13),
            ([.changed(5), .failed(10, took: 0), .failed(40, took: 0)], 70),
            ([.changed(5), .failed(10, took: 0), .wrote(40, took: 0)], nil),
        ] as [([Step], Double?)])
    private func table(steps: [Step], due: Double?) {
        var schedule = WriteSchedule()
        for step in steps {
            switch step {
            case .changed(let time): schedule.changed(at: Self.seconds(time), isUrgent: false)
            case .urgent(let time): schedule.changed(at: Self.seconds(time), isUrgent: true)
            case .reverted: schedule.reverted()
            case .wrote(let time, let took):
                schedule.succeeded(from: Self.seconds(time), to: Self.seconds(time + took))
            case .failed(let time, let took):
                schedule.failed(from: Self.seconds(time), to: Self.seconds(time + took))
            }
        }
        #expect(schedule.due == due.map(Self.seconds))
    }

    @Test("takes a fiftieth of the time where something changes all the time", arguments: [0.001, 0.02, 0.1, 0.5])
    func share(took: Double) {
        var schedule = WriteSchedule()
        var now = 0.0
        var busy = 0.0
        while now < 3600 {
            schedule.changed(at: Self.seconds(now), isUrgent: false)
            if let due = schedule.due, due <= Self.seconds(now) {
                schedule.succeeded(from: Self.seconds(now), to: Self.seconds(now + took))
                busy += took
                now += took
            }
            now += 0.01
        }
        #expect(busy / now <= 0.021)
        #expect(busy / now >= 0.01)
    }
}
