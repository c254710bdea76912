/// What a poll may ask, and how much of it.
package struct SamplingPlan: Equatable, Sendable {
    /// Rows of pending entries per poll, for the whole node.
    package var pendingRows: Int
    /// Streams whose two entry bodies take more than so many bytes are not asked for them at each poll.
    package var payloadGuard: Int
    /// The server's time that one poll may take, and discovery with it; a first batch is asked in any case.
    package var serverTime: Duration

    package init(pendingRows: Int, payloadGuard: Int, serverTime: Duration) {
        self.pendingRows = pendingRows
        self.payloadGuard = payloadGuard
        self.serverTime = serverTime
    }

    /// Streams per pipeline: few enough that Redis, which answers what it has read at once, serves others between two.
    static let streamsPerBatch = 64
    /// Pipelines of streams that are made ready while those before them are under way.
    static let batchesAtOnce = 16
    /// The first of them, for which the server waits.
    static let batchesAtFirst = 4
    /// Bytes that the replies to all pipelines under way are expected to take at the most: enough that over a slow network
    /// the server is not left waiting, and no more than it may well hold back for a client.
    static let bytesUnderWay = 4 << 20
    /// Streams per pipeline whose entries may be of any size.
    static let unknownPerBatch = 4
    /// Bytes that the replies to one pipeline are expected to take at the most.
    static let bytesPerBatch = 1 << 20
    /// What is expected of a stream's reply beside its entries.
    static let bytesPerStream = 1_000
    /// What `MEMORY USAGE` counts of a stream beside its entries: from 7.0 a block of entries is allocated ahead.
    package static let emptyStreamBytes: Int64 = 8_192
    /// What `XINFO CONSUMERS` takes for one consumer.
    static let bytesPerConsumer = 128
    /// Pipelines per poll with streams that have large entries.
    static let heavyBatches = 16
    /// Groups per pipeline, and pending rows per pipeline (1,000 rows cost Redis about 0.2 ms and 67 kB).
    static let groupsPerBatch = 128
    /// What a group counts at least among the bytes of a pipeline, so that there are no more of them in one.
    static let bytesPerGroup = bytesPerBatch / groupsPerBatch
    static let rowsPerBatch = 2_000
    static let bytesPerRow = 70
    /// Entries of one group that are counted at the most, where nothing else proves its lag.
    package static let countedEntries = 1_000
    /// Bytes that one poll may receive for the sake of entries that are only counted.
    package static let probeBytes = 256 * 1024
    /// Pending rows per command: nobody waits longer for Redis because of it than for many another command.
    static let rowsPerCommand = 1_000
    /// Commands for one group's pending entries in one poll, each of which has to wait for the reply to the last.
    static let commandsPerGroup = 32
}
