/// What one poll saw of one stream.
package struct StreamObservation: Equatable, Sendable {
    /// L: entries in the stream.
    package var length: Int64
    /// Nil where the server was never asked for them, or does not tell.
    package var counters: StreamCounters?
    /// False where the counters are from an earlier poll: the stream's entries are too large to ask every time.
    package var countersAreCurrent: Bool
    package var groups: [GroupObservation]
    /// `MEMORY USAGE`, when it was last asked for; nil: not yet, or the server does not tell.
    package var memoryBytes: Int64?
    /// Whether the key has a time to live, when it was last asked for; nil: not asked, as nothing hangs on it.
    package var expires: Bool?
    /// The entries after the ID that was asked about, of the moment of the counters; nil where none was.
    package var later: EntryCount?

    package init(
        length: Int64, counters: StreamCounters?, countersAreCurrent: Bool, groups: [GroupObservation],
        memoryBytes: Int64? = nil
    ) {
        self.length = length
        self.counters = counters
        self.countersAreCurrent = countersAreCurrent
        self.groups = groups
        self.memoryBytes = memoryBytes
    }

    /// The counters where they are of this poll.
    package var currentCounters: StreamCounters? { countersAreCurrent ? counters : nil }
}
