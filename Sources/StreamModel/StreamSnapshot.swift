/// One stream, as last seen.
package struct StreamSnapshot: Equatable, Sendable {
    package var name: Name
    package var database: Int
    package var node: String
    /// Why the last attempt to sample it failed; its figures are then left out.
    package var error: SampleError?
    /// Since its figures were sampled; nil where they never were.
    package var sampleAgeSeconds: Double?
    package var figures: Figures?
    /// By name.
    package var groups: [GroupSnapshot]
    /// How many streams this one stands for; nil: itself alone.
    package var members: Int?
    /// By name.
    package var vanishedGroups: [VanishedGroup] = []

    package init(
        name: Name, database: Int, node: String, error: SampleError?, sampleAgeSeconds: Double?, figures: Figures?,
        groups: [GroupSnapshot]
    ) {
        self.name = name
        self.database = database
        self.node = node
        self.error = error
        self.sampleAgeSeconds = sampleAgeSeconds
        self.figures = figures
        self.groups = groups
    }

    package struct Figures: Equatable, Sendable {
        /// Nil only where the snapshot stands for several streams, not all of which were sampled.
        package var length: Int64?
        /// Nil where the server was never asked for them, or does not tell.
        package var counters: StreamCounters?
        /// Since the counters were sampled: more than the rest where the entries are too large to ask every time.
        package var countersAgeSeconds: Double?
        /// By the server's clock; nil where the stream is empty or its IDs are not a clock's.
        package var firstEntryAgeSeconds: Double?
        package var lastEntryAgeSeconds: Double?
        /// Since an entry was last added, by the last generated ID and the server's clock, whether or not that entry is still
        /// there; nil where none ever was, or the IDs are not a clock's.
        package var lastAddedAgeSeconds: Double?
        /// `MEMORY USAGE`, when it was last asked for.
        package var memoryBytes: Int64?
        /// Whether the key has a time to live, when it was last asked for; nil: not asked, as nothing hangs on it.
        package var expires: Bool?
        /// Entries added, over the window; nil: too little has been seen.
        package var producedPerSecond: Double?

        package init(
            length: Int64?, counters: StreamCounters?, firstEntryAgeSeconds: Double?, lastEntryAgeSeconds: Double?
        ) {
            self.length = length
            self.counters = counters
            self.firstEntryAgeSeconds = firstEntryAgeSeconds
            self.lastEntryAgeSeconds = lastEntryAgeSeconds
        }
    }
}
