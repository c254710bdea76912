/// One consumer of a group, as last seen.
package struct ConsumerSnapshot: Equatable, Sendable {
    package var name: Name
    package var pending: Int64
    package var idleSeconds: Double
    package var inactiveSeconds: Double?
    /// The longest idle time among its pending entries, when the sweep saw them.
    package var maxPendingIdleSeconds: Double?
    /// Nil where too little has been seen to tell.
    package var status: ConsumerStatus?

    package init(
        name: Name, pending: Int64, idleSeconds: Double, inactiveSeconds: Double?, maxPendingIdleSeconds: Double?
    ) {
        self.name = name
        self.pending = pending
        self.idleSeconds = idleSeconds
        self.inactiveSeconds = inactiveSeconds
        self.maxPendingIdleSeconds = maxPendingIdleSeconds
    }
}
