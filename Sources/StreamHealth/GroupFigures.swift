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

    /// `statuses`: of the consumers, in their order; of those that it does not reach to, nothing can be said.
    init(_ observation: GroupObservation, statuses: [ConsumerStatus?] = []) {
        consumerCount = observation.consumerCount
        pending = observation.pending
        lastDeliveredID = observation.lastDeliveredID
        consumers = observation.consumers?.enumerated().map { place, consumer in
            ConsumerFigures(consumer, status: place < statuses.count ? statuses[place] : nil)
        }
        errors = observation.error.map { [$0] } ?? []
        entriesRead = observation.entriesRead
        reportedLag = observation.reportedLag
    }

    var error: SampleError? { errors.first }

    /// Takes a look that shows the same as the last one, only older; false where it does not.
    ///
    /// `statuses`: of the consumers, in their order.
    mutating func age(to observation: GroupObservation, _ statuses: [ConsumerStatus?]?) -> Bool {
        guard let seen = observation.consumers, let statuses, consumers?.count == seen.count,
            statuses.count == seen.count, errors.isEmpty
        else { return false }
        for place in seen.indices { consumers?[place].age(to: seen[place], statuses[place]) }
        return true
    }
}
