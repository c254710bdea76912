import StreamModel

@testable import StreamHealth

extension StreamSnapshot {
    /// A stream with figures, of which nothing else is said.
    static func part(
        _ name: String, length: Int64? = 1, counters: StreamCounters? = .part(), groups: [GroupSnapshot] = [],
        _ change: (inout StreamSnapshot) -> Void = { _ in }
    ) -> StreamSnapshot {
        var stream = StreamSnapshot(
            name: Name(name), database: 0, node: "h:6379", error: nil, sampleAgeSeconds: 1,
            figures: Figures(length: length, counters: counters, firstEntryAgeSeconds: nil, lastEntryAgeSeconds: nil),
            groups: groups)
        change(&stream)
        return stream
    }

    /// A stream that could not be sampled; without an error, one whose turn did not come yet.
    static func unread(_ name: String, _ error: SampleError? = nil) -> StreamSnapshot {
        StreamSnapshot(
            name: Name(name), database: 0, node: "h:6379", error: error, sampleAgeSeconds: nil, figures: nil, groups: []
        )
    }
}

extension StreamCounters {
    static func part(
        generated: UInt64 = 9, first: UInt64? = 1, last: UInt64? = 9, deleted: UInt64? = 0, added: Int64? = 1
    ) -> StreamCounters {
        StreamCounters(
            radixTreeKeys: 1, radixTreeNodes: 2, groups: 1, lastGeneratedID: entryID(generated),
            firstEntryID: first.map { entryID($0) }, lastEntryID: last.map { entryID($0) },
            maxDeletedEntryID: deleted.map { entryID($0) }, entriesAdded: added)
    }
}

extension GroupSnapshot {
    /// The group `g`, unless it is called something else, of which nothing is known but what `change` says.
    static func part(_ name: String = "g", _ change: (inout GroupSnapshot) -> Void = { _ in }) -> GroupSnapshot {
        var group = GroupSnapshot(
            name: Name(name), consumerCount: 0, lastDeliveredID: .zero, entriesRead: nil, lag: nil, reportedLag: nil,
            lagSeconds: nil, pending: PendingSummary(entries: 0), consumers: [], consumersNotShown: 0, error: nil)
        change(&group)
        return group
    }
}

extension ConsumerSnapshot {
    static func part(
        _ name: String = "c", pending: Int64 = 0, idle: Double = 0, inactive: Double? = nil, held: Double? = nil,
        _ status: ConsumerStatus? = nil
    ) -> ConsumerSnapshot {
        var consumer = ConsumerSnapshot(
            name: Name(name), pending: pending, idleSeconds: idle, inactiveSeconds: inactive,
            maxPendingIdleSeconds: held)
        consumer.status = status
        return consumer
    }
}
