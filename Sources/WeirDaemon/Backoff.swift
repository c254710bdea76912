/// How long to wait before the next attempt to reach a server that could not be reached.
///
/// Doubled with each failure, and drawn from the upper half of that, so that many weirs do not knock all at once.
struct Backoff: Sendable {
    private static let first = Duration.milliseconds(250)
    /// Long enough to be no burden, short enough that a server which is back is seen soon.
    private static let longest = Duration.seconds(5)

    private var failures = 0

    mutating func reset() {
        failures = 0
    }

    mutating func nextDelay(using generator: inout some RandomNumberGenerator) -> Duration {
        let doublings = min(failures, 10)
        failures += 1
        let delay = min(Self.longest, Self.first * (1 << doublings))
        return delay * Double.random(in: 0.5...1, using: &generator)
    }
}
