package import RedisClient
package import StreamModel

/// One Redis to watch.
package struct TargetSettings: Sendable, Equatable {
    /// The `target` label: any text without control characters, by default its topology's name.
    package var name: String
    /// With the credentials from wherever they were given.
    package var topology: RedisTopology
    package var streams: [Glob]
    /// Which of the streams are one to whoever reads them; each `match` is also one of `streams`.
    package var logicalStreams: [LogicalStream]
    package var exclude: [Glob]
    /// What the data may take where Redis itself has no `maxmemory`: at least 1 MiB.
    package var memoryLimitBytes: Int64?
    /// 1 to 1,000,000.
    package var maxStreams: Int
    /// Which of several weirs this one is; nil: it is the only one.
    package var shard: Shard?

    package static let defaultStreams = [Glob("*")]
    package static let defaultMaxStreams = 10_000
    static let leastMemoryLimit = 1 << 20
    static let maxStreamsRange = 1...1_000_000

    package init(
        name: String, topology: RedisTopology, streams: [Glob] = Self.defaultStreams,
        logicalStreams: [LogicalStream] = [], exclude: [Glob] = [], memoryLimitBytes: Int64? = nil,
        maxStreams: Int = Self.defaultMaxStreams
    ) {
        self.name = name
        self.topology = topology
        self.streams = streams
        self.logicalStreams = logicalStreams
        self.exclude = exclude
        self.memoryLimitBytes = memoryLimitBytes
        self.maxStreams = maxStreams
    }
}
