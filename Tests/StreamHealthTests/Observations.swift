import StreamModel

@testable import StreamHealth

/// `milliseconds-0`: most tests need no sequence.
func entryID(_ milliseconds: UInt64) -> StreamID {
    StreamID(milliseconds: milliseconds, sequence: 0)
}

extension ServerIdentity {
    static func redis(_ major: Int, _ minor: Int, _ patch: Int) -> ServerIdentity {
        ServerIdentity(kind: .redis, version: ServerVersion(major, minor, patch), role: "master", runID: "a1")
    }

    static func valkey(_ major: Int, _ minor: Int, _ patch: Int) -> ServerIdentity {
        ServerIdentity(kind: .valkey, version: ServerVersion(major, minor, patch), role: "master", runID: "a1")
    }
}

extension StreamObservation {
    /// A stream of `length` entries from `first` to `last`; without `deleted` and `added`, of a server before 7.0.
    static func sample(
        length: Int64, first: UInt64?, last: UInt64?, generated: UInt64, deleted: UInt64? = nil, added: Int64? = nil,
        current: Bool = true, groups: [GroupObservation] = []
    ) -> StreamObservation {
        StreamObservation(
            length: length,
            counters: StreamCounters(
                radixTreeKeys: 1, radixTreeNodes: 2, groups: Int64(groups.count), lastGeneratedID: entryID(generated),
                firstEntryID: first.map { entryID($0) }, lastEntryID: last.map { entryID($0) },
                maxDeletedEntryID: deleted.map { entryID($0) }, entriesAdded: added),
            countersAreCurrent: current, groups: groups)
    }
}

extension Position {
    static func sample(_ group: GroupObservation, in stream: StreamObservation) -> Position {
        guard let position = Position(group, in: stream) else { preconditionFailure("\(stream) has no counters") }
        return position
    }
}

extension GroupObservation {
    static func sample(
        _ name: String = "g", delivered: UInt64, read: Int64? = nil, lag: Int64? = nil,
        consumers: [ConsumerObservation]? = nil,
        pending: Int64 = 0, head: [PendingEntry]? = nil
    ) -> GroupObservation {
        var group = GroupObservation(
            name: Name(name), consumerCount: Int64(consumers?.count ?? 0), pending: pending,
            lastDeliveredID: entryID(delivered), entriesRead: read, reportedLag: lag)
        group.consumers = consumers
        group.pendingPage = head.map { PendingPage(rows: $0, startsSweep: true, endsSweep: true) }
        return group
    }
}

extension ConsumerObservation {
    static func sample(_ name: String, pending: Int64 = 0, idle: Int64 = 0) -> ConsumerObservation {
        ConsumerObservation(name: Name(name), pending: pending, idleMilliseconds: idle, inactiveMilliseconds: nil)
    }
}

extension PendingEntry {
    static func sample(
        _ milliseconds: UInt64, _ consumer: String? = "c", idle: Int64 = 0, deliveries: Int64 = 1
    ) -> PendingEntry {
        PendingEntry(
            id: entryID(milliseconds), consumer: consumer.map { Name($0) }, idleMilliseconds: idle,
            deliveries: deliveries)
    }

    /// What Redis 8.8 answers for an entry given back with XNACK FATAL.
    static func nacked(_ milliseconds: UInt64) -> PendingEntry {
        sample(milliseconds, nil, idle: 0, deliveries: .max)
    }
}
