/// When polls are due: at whole intervals from the first, whatever each of them takes.
struct PollSchedule<Instant: InstantProtocol & Sendable>: Sendable {
    private let interval: Instant.Duration
    private var due: Instant

    init(from start: Instant, every interval: Instant.Duration) {
        due = start
        self.interval = interval
    }

    /// The turn after `now`, and how many have passed meanwhile: those are counted, not stacked.
    mutating func next(after now: Instant) -> (due: Instant, skipped: UInt64) {
        due = due.advanced(by: interval)
        var skipped: UInt64 = 0
        while due < now {
            due = due.advanced(by: interval)
            skipped += 1
        }
        return (due, skipped)
    }
}
