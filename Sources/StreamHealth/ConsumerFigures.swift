import StreamModel

/// One consumer as last seen, and what its status came to.
struct ConsumerFigures: Equatable, Sendable {
    var name: Name
    var pending: Int64
    var idleMilliseconds: Int64
    @Compact var inactiveMilliseconds: Int64?
    /// Nil where too little has been seen to tell.
    var status: ConsumerStatus?

    init(_ observation: ConsumerObservation, status: ConsumerStatus?) {
        name = observation.name
        pending = observation.pending
        idleMilliseconds = observation.idleMilliseconds
        self.status = status
        inactiveMilliseconds = observation.inactiveMilliseconds
    }

    /// Takes a look that shows it as it was, only older.
    mutating func age(to observation: ConsumerObservation, _ status: ConsumerStatus?) {
        idleMilliseconds = observation.idleMilliseconds
        inactiveMilliseconds = observation.inactiveMilliseconds
        self.status = status
    }
}
