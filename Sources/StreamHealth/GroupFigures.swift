import StreamModel

/// What is shown of the last look at a group as the server said it: what served only to conclude from it is left out.
struct GroupFigures: Equatable, Sendable {
    var consumerCount: Int64
    var pending: Int64
    var lastDeliveredID: StreamID
    @Compact var entriesRead: Int64?
    @Compact var reportedLag: Int64?
    /// Nil where they could not be read.
    var consumers: [ConsumerFigures]?
    /// None or one: hardly any group has one, and most would keep room for it.
    private var errors: [SampleError]

    init(_ observation: GroupObservation, statuses: NameTable<ConsumerStatus> = [:]) {
        consumerCount = observation.consumerCount
        pending = observation.pending
        lastDeliveredID = observation.lastDeliveredID
        consumers = observation.consumers?.map { ConsumerFigures($0, status: statuses[$0.name]) }
        errors = observation.error.map { [$0] } ?? []
        entriesRead = observation.entriesRead
        reportedLag = observation.reportedLag
    }

    var error: SampleError? { errors.first }
}
