/// A group's pending entries list: its size, and what the sweep over it shows.
///
/// Everything but `entries` is a lower bound while `coverageRatio` is below 1, and nil where no row was looked at
/// although there are some. While a sweep is under way each is the worse of the last full sweep's and its own.
package struct PendingSummary: Equatable, Sendable {
    /// Nil only of a group in several streams, not all of which were sampled.
    package var entries: Int64?
    package var maxIdleSeconds: Double?
    /// How long the oldest of the lowest pending IDs has been pending, at least, by weir's own clock: the claim of a
    /// watcher resets the server's idle time, not this.
    package var oldestAgeSeconds: Double?
    package var maxDeliveries: Int64?
    /// Entries that were delivered too often.
    package var poison: Int64?
    /// Entries that are pending although the stream no longer holds them.
    package var dangling: Int64?
    package var nacked: Int64?
    package var coverageRatio: Double?

    package init(entries: Int64?) {
        self.entries = entries
    }
}
