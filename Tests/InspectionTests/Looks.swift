import Inspection
import StreamModel

/// `7` is `7-0`.
func id(_ milliseconds: UInt64) -> StreamID { StreamID(milliseconds: milliseconds, sequence: 0) }

/// Milliseconds since 2023.
let now = Timestamp(milliseconds: 1_700_000_100_000)

/// A stream that has its entries from `first` to `last`; `0` is none.
func stream(
    length: Int64, first: UInt64, last: UInt64, generated: UInt64? = nil, deleted: UInt64? = 0, added: Int64? = nil
) -> StreamObservation {
    let counters = StreamCounters(
        radixTreeKeys: 1, radixTreeNodes: 2, groups: 1, lastGeneratedID: id(generated ?? last),
        firstEntryID: first == 0 ? nil : id(first), lastEntryID: last == 0 ? nil : id(last),
        maxDeletedEntryID: deleted.map { id($0) }, entriesAdded: added)
    return StreamObservation(length: length, counters: counters, countersAreCurrent: true, groups: [])
}

/// A group that was given everything up to `delivered`.
func group(
    _ name: String = "g", at delivered: UInt64, before: UInt64? = nil, read: Int64? = nil, lag: Int64? = nil,
    consumers: Int64 = 1, pending: Result<PendingEntry?, SampleError> = .success(nil), waiting: EntryCount? = nil
) -> GroupEntryLook {
    GroupEntryLook(
        group: GroupObservation(
            name: Name(name), consumerCount: consumers, pending: 0, lastDeliveredID: id(delivered), entriesRead: read,
            reportedLag: lag), deliveredBefore: before.map { id($0) }, pending: pending, waiting: waiting)
}

func row(_ milliseconds: UInt64, consumer: String? = "c", deliveries: Int64 = 2) -> PendingEntry {
    PendingEntry(
        id: id(milliseconds), consumer: consumer.map { Name($0) }, idleMilliseconds: consumer == nil ? 0 : 60_000,
        deliveries: deliveries)
}

let redis8 = ServerIdentity(kind: .redis, version: ServerVersion(8, 0, 0), role: "master", runID: "a")
let redis6 = ServerIdentity(kind: .redis, version: ServerVersion(6, 0, 16), role: "master", runID: "a")
