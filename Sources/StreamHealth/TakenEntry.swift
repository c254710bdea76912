package import StreamModel

/// An entry that this weir has taken out of a group's pending entries list, or claimed for another consumer.
package struct TakenEntry: Equatable, Sendable {
    package var id: StreamID
    /// Who held it until then; nil: the server did not say.
    package var consumer: Name?

    package init(id: StreamID, consumer: Name?) {
        self.id = id
        self.consumer = consumer
    }
}
