/// How often, and how much of, each Redis is read.
package struct PollSettings: Sendable, Equatable {
    /// From the start of one poll to the next: 100 ms to 1 h.
    package var interval: Duration = .seconds(5)
    /// For connecting and for each reply: 50 ms to 1 min.
    package var timeout: Duration = .seconds(2)
    /// 1 s to 24 h.
    package var discoveryInterval: Duration = .seconds(60)
    /// 0 to 10,000,000; 0 reads no pending entries.
    package var pelRowsPerPoll: Int = 20_000
    /// In bytes, at least 1 KiB: streams whose replies are larger are read without their entries' bodies.
    package var payloadGuard: Int = 16 << 10
    /// 0 to 10,000 consumers of a group with series of their own.
    package var consumerSeries: Int = 50
    /// The share of the server's time that weir may take, above 0 and at most 1.
    package var redisShare: Double = 0.02

    package init() {}

    static let intervalRange: ClosedRange<Duration> = .milliseconds(100) ... .seconds(3600)
    static let timeoutRange: ClosedRange<Duration> = .milliseconds(50) ... .seconds(60)
    static let discoveryIntervalRange: ClosedRange<Duration> = .seconds(1) ... .seconds(86_400)
    static let pelRowsRange = 0...10_000_000
    static let leastPayloadGuard = 1 << 10
    static let consumerSeriesRange = 0...10_000
}
