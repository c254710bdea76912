package import StreamModel

/// What was seen of one group when an entry was looked for.
package struct GroupEntryLook: Equatable, Sendable {
    /// As it was at the end of the look.
    package var group: GroupObservation
    /// D at the start of the look.
    package var deliveredBefore: StreamID
    /// The entry's row among the pending ones; nil where it has none.
    package var pending: Result<PendingEntry?, SampleError>
    /// The entries after D up to the entry itself, where they were counted.
    package var waiting: EntryCount?

    package init(
        group: GroupObservation, deliveredBefore: StreamID? = nil, pending: Result<PendingEntry?, SampleError>,
        waiting: EntryCount? = nil
    ) {
        self.group = group
        self.deliveredBefore = deliveredBefore ?? group.lastDeliveredID
        self.pending = pending
        self.waiting = waiting
    }

    /// Whether the group was given the entry, or is beyond it.
    func hasComeTo(_ id: StreamID) -> Bool {
        group.lastDeliveredID >= id || (try? pending.get()) != nil
    }

    /// Whether the entry was passed by during the look, so that its row may have been asked for too early.
    func isMoving(past id: StreamID) -> Bool {
        deliveredBefore < id && group.lastDeliveredID >= id && pending == .success(nil)
    }
}
