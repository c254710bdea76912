/// What one poll saw of one consumer group: its line of `XINFO GROUPS`, and what was asked for because of it.
package struct GroupObservation: Equatable, Sendable {
    package var name: Name
    package var consumerCount: Int64
    package var pending: Int64
    package var lastDeliveredID: StreamID
    /// Nil where the server answers nil (it has lost count), and before Redis 7.0.
    package var entriesRead: Int64?
    /// The server's own lag: nil is "unknown", never 0.
    ///
    /// It may also be wrong.
    package var reportedLag: Int64?
    /// `XINFO CONSUMERS`; nil where it could not be had.
    package var consumers: [ConsumerObservation]?
    /// Nil where nothing is pending, where the sweep did not come by in this poll, and where it could not.
    package var pendingPage: PendingPage?
    /// The entries after D, where they were looked at; nil where not, or where the stream moved meanwhile.
    package var undelivered: UndeliveredProbe?
    /// Why `consumers` or `pendingPage` could not be had although the stream itself could be read.
    package var error: SampleError?
    /// The group is as it was at the last look, and all that is pending, and its consumers' idle times, are so many
    /// milliseconds older; nil where anything else may have happened.
    package var agedMilliseconds: Int64?

    package init(
        name: Name, consumerCount: Int64, pending: Int64, lastDeliveredID: StreamID, entriesRead: Int64?,
        reportedLag: Int64?
    ) {
        self.name = name
        self.consumerCount = consumerCount
        self.pending = pending
        self.lastDeliveredID = lastDeliveredID
        self.entriesRead = entriesRead
        self.reportedLag = reportedLag
    }
}
