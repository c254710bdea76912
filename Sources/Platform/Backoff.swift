/// How long to wait before the next attempt to reach somebody who could not be reached.
///
/// Doubled with each failure, and drawn from the upper half of that, so that many weirs do not knock all at once.
package struct Backoff: Equatable, Sendable {
    private let first: Duration
    private let longest: Duration
    private var failures = 0

    package init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    package mutating func reset() {
        failures = 0
    }

    package mutating func nextDelay(using generator: inout some RandomNumberGenerator) -> Duration {
        failures += 1
        return delay(afterFailures: failures, using: &generator)
    }

    /// The wait after so many failures, 1 for the first.
    package func delay(
        afterFailures failures: Int, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        let doublings = max(0, min(failures - 1, 10))
        return min(longest, first * (1 << doublings)) * Double.random(in: 0.5...1, using: &generator)
    }
}
