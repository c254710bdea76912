package import StreamModel

/// An entry that was put back to work, or would have been.
package struct MovedEntry: Equatable, Sendable {
    package var id: StreamID
    /// Who held it.
    package var consumer: Name?
    /// Nil where the server did not say: XAUTOCLAIM gives bare IDs.
    package var idleMilliseconds: Int64?
    /// With those of the entries that it is a copy of.
    package var deliveries: Int64?
    /// The ID of the copy.
    package var copy: StreamID?

    package init(
        id: StreamID, consumer: Name? = nil, idleMilliseconds: Int64? = nil, deliveries: Int64? = nil,
        copy: StreamID? = nil
    ) {
        self.id = id
        self.consumer = consumer
        self.idleMilliseconds = idleMilliseconds
        self.deliveries = deliveries
        self.copy = copy
    }
}
