/// When discovery begins a pass, and takes its steps between two polls.
struct DiscoverySchedule<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
    /// No step is free, even where it took no longer than the quickest exchange.
    private static var leastCost: Duration { .microseconds(50) }

    private let cadence: Duration
    private var passDue: Instant
    private var stepDue: Instant

    init(from start: Instant, every cadence: Duration) {
        self.cadence = cadence
        passDue = start
        stepDue = start
    }

    func isPassDue(at now: Instant) -> Bool { passDue <= now }

    /// When there is something to do; of a pass that is under way the next step, even if the next pass is due by then.
    func next(isUnderWay: Bool) -> Instant { isUnderWay ? stepDue : max(passDue, stepDue) }

    mutating func began(at now: Instant) {
        passDue = now.advanced(by: cadence)
    }

    /// The pass came to nothing: it is due again.
    mutating func failed(at now: Instant) {
        passDue = now
    }

    /// A step has ended: the next comes when the two of them would take no more than `allowance` out of `gap`.
    mutating func stepped(_ cost: Duration, at now: Instant, allowance: Duration, outOf gap: Duration) {
        let pause = max(cost, Self.leastCost) * (gap / allowance)
        stepDue = now.advanced(by: pause)
    }
}
