package import StreamModel

/// What became of an entry in one group, and who is there to deal with it.
package struct GroupTrace: Equatable, Sendable {
    package var group: Name
    package var outcome: EntryOutcome
    package var lastDeliveredID: StreamID
    package var pace: DeliveryPace
    package var consumerCount: Int64
    /// Since one of the consumers was last seen; nil: nobody knows.
    package var lastSeenMilliseconds: Int64?
    /// The same of the one that has the entry.
    package var holderSeenMilliseconds: Int64?

    init(_ group: GroupEntryLook, in look: EntryLook, _ presence: EntryPresence, pace: DeliveryPace) {
        self.group = group.group.name
        outcome = EntryOutcome(group, in: look, presence)
        lastDeliveredID = group.group.lastDeliveredID
        self.pace = pace
        consumerCount = group.group.consumerCount
        lastSeenMilliseconds = group.group.consumers?.map(\.idleMilliseconds).min()
        if case .success(let row?) = group.pending {
            holderSeenMilliseconds = group.group.consumers?.first { $0.name == row.consumer }?.idleMilliseconds
        }
    }

    /// How long until the group is given the entry, if all goes on like this; nil: nobody knows.
    package var expectedSeconds: Double? { seconds { $0.ahead } }

    /// The same, where every entry that may come before it does.
    var latestSeconds: Double? { seconds { $0.bounds.upperBound } }

    private func seconds(behind ahead: (EntryPlace) -> Int64?) -> Double? {
        guard case .undelivered(let place?) = outcome, case .perSecond(let rate) = pace, rate > 0 else { return nil }
        return ahead(place).map { Double($0 + 1) / rate }
    }
}
