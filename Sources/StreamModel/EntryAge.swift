extension StreamID {
    /// July 2017.
    ///
    /// Streams came with Redis 5.0 in 2018: an ID from before was not made by a server's clock.
    private static let earliestClockMilliseconds: UInt64 = 1_500_000_000_000

    /// How far an ID may run ahead of the server's `TIME`, which weir asks for once at the start of a poll.
    private static let toleratedLeadMilliseconds: Int64 = 5_000

    /// The age of the entry at `time` by its ID, in milliseconds, never negative.
    ///
    /// Nil where the ID was not made by a clock (the producer chose it): it is then ahead of the server's time, or
    /// implausibly old, and an age read from it would be wrong rather than imprecise.
    package func ageMilliseconds(at time: Timestamp) -> Int64? {
        guard milliseconds >= Self.earliestClockMilliseconds, let made = Int64(exactly: milliseconds) else {
            return nil
        }
        let age = time.milliseconds - made
        return age < -Self.toleratedLeadMilliseconds ? nil : max(0, age)
    }
}
