/// The tokens that a `RateLimit` has left.
struct TokenBucket: Sendable {
    private var limit: RateLimit?
    private var tokens = 0
    private var last: ContinuousClock.Instant?

    /// Whether there is a token, which is then taken; under another limit than before the bucket is full.
    mutating func take(_ limit: RateLimit, at now: ContinuousClock.Instant) -> Bool {
        if self.limit != limit {
            self.limit = limit
            (tokens, last) = (limit.burst, now)
        }
        let missing = limit.burst - tokens
        if let last, missing > 0 {
            // Not more of them than are missing, however long ago that was.
            let arrived = now - last >= limit.interval * missing ? missing : Int((now - last) / limit.interval)
            tokens += arrived
            self.last = arrived == missing ? now : last + limit.interval * arrived
        } else {
            last = now
        }
        guard tokens > 0 else { return false }
        tokens -= 1
        return true
    }
}
