import StreamModel

/// What is shown of the last look at a group as the server said it: what served only to conclude from it is left out.
struct GroupFigures: Equatable, Sendable {
    var consumerCount: Int64
    var pending: Int64
    var lastDeliveredID: StreamID
    @Compact var entriesRead: Int64?
    @Compact var reportedLag: Int64?
    /// Nil where they could not be read.
    var consumers: [ConsumerObservation]?
    var error: SampleError?

    init(_ observation: GroupObservation) {
        consumerCount = observation.consumerCount
        pending = observation.pending
        lastDeliveredID = observation.lastDeliveredID
        consumers = observation.consumers
        error = observation.error
        entriesRead = observation.entriesRead
        reportedLag = observation.reportedLag
    }
}
