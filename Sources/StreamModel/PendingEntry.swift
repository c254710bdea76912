/// One row of `XPENDING key group - + count`.
package struct PendingEntry: Equatable, Sendable {
    package var id: StreamID
    /// Nil where the entry was given back with XNACK (Redis 8.8): the server says "", an idle time of -1 and, for a
    /// fatal one, a delivery count of 2^63-1, none of which may reach a maximum.
    package var consumer: Name?
    /// Since the entry was last delivered or claimed; the claim of a watcher resets it.
    package var idleMilliseconds: Int64
    package var deliveries: Int64

    package init(id: StreamID, consumer: Name?, idleMilliseconds: Int64, deliveries: Int64) {
        self.id = id
        self.consumer = consumer
        self.idleMilliseconds = idleMilliseconds
        self.deliveries = deliveries
    }

    package var isNacked: Bool { consumer == nil }
}
