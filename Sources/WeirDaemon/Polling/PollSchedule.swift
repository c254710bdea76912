/// When polls are due: at whole intervals from the second, whatever each of them takes.
struct PollSchedule<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
    private let interval: Duration
    private var due: Instant

    /// The second poll comes after `firstGap` intervals: where it differs from target to target, those that are begun at
    /// once are not polled at once for ever.
    init(from start: Instant, every interval: Duration, firstGap: Double = 1) {
        due = start.advanced(by: interval * (firstGap - 1))
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
