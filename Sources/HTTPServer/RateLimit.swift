/// How often requests may come, all clients together: a bucket of tokens, one of which each request takes.
package struct RateLimit: Equatable, Sendable {
    /// How long it takes until there is one token more.
    package var interval: Duration
    /// How many tokens the bucket holds, which it begins with: at least 1.
    package var burst: Int

    package init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}
