/// What a poll may ask, and how much of it.
package struct SamplingPlan: Equatable, Sendable {
    /// Rows of pending entries per poll, for the whole node.
    package var pendingRows: Int
    /// Entry bodies beyond this many bytes are not asked for at each poll.
    package var payloadGuard: Int
    /// The server's time that one poll may take; a first batch is asked in any case.
    package var serverTime: Duration

    package init(pendingRows: Int, payloadGuard: Int, serverTime: Duration) {
        self.pendingRows = pendingRows
        self.payloadGuard = payloadGuard
        self.serverTime = serverTime
    }

    /// Streams per pipeline: enough to make the round trip cheap, few enough that Redis serves others between two.
    static let streamsPerBatch = 64
    /// Groups per pipeline, and pending rows per pipeline (1,000 rows cost Redis about 0.2 ms and 67 kB).
    static let groupsPerBatch = 128
    static let rowsPerBatch = 2_000
    /// Entries of one group that are counted at the most, where nothing else proves its lag.
    package static let countedEntries = 1_000
    /// Bytes that one poll may receive for the sake of entries that are only counted.
    static let probeBytes = 256 * 1024
    /// Pending rows per command: nobody waits longer for Redis because of it than for many another command.
    static let rowsPerCommand = 1_000
    /// Commands for one group's pending entries in one poll, each of which has to wait for the reply to the last.
    static let commandsPerGroup = 32
    /// A stream with large entries is asked for its counters once in so many polls.
    static let guardedPolls = 200
}
