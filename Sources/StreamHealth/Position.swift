import StreamModel

/// Where a group stands in its stream, at one moment.
struct Position: Equatable, Codable, Sendable {
    /// L: entries in the stream.
    var length: Int64
    /// F: the first entry's ID; nil where the stream is empty.
    @Compact var first: StreamID?
    /// The last entry's ID; nil where the stream is empty.
    @Compact var last: StreamID?
    /// G: the last ID that was generated.
    var generated: StreamID
    /// A: entries ever added.
    ///
    /// From Redis 7.0.
    @Compact var added: Int64?
    /// T: the highest ID that was deleted singly; `0-0`: none.
    ///
    /// From Redis 7.0. A trim leaves it as it is.
    @Compact var deleted: StreamID?
    /// D: the group's last delivered ID.
    var delivered: StreamID
    /// R: entries that the group has read, as the server counts; nil where it has lost count.
    @Compact var read: Int64?
    /// How many undelivered entries lie at or before T, so that deleting one of them would not show in T; nil where it is
    /// not known.
    @Compact var deletable: Int64?

    /// Nil where this look did not show the stream's counters.
    init?(_ group: GroupObservation, in stream: StreamObservation) {
        guard let counters = stream.currentCounters else { return nil }
        self.init(group, length: stream.length, counters: counters)
    }

    init(_ group: GroupObservation, length: Int64, counters: StreamCounters) {
        self.length = length
        first = counters.firstEntryID
        last = counters.lastEntryID
        generated = counters.lastGeneratedID
        added = counters.entriesAdded
        deleted = counters.maxDeletedEntryID
        delivered = group.lastDeliveredID
        read = group.entriesRead
        if let deleted {
            let isBeforeAll = deleted <= delivered || first.map { deleted < $0 } ?? true
            deletable = isBeforeAll ? 0 : group.undelivered?.upToDeleted
        }
    }

    /// Whether no entry after D has been deleted singly.
    ///
    /// False also where the server does not tell.
    var hasNoDeletionAfterDelivered: Bool {
        deleted.map { $0 == .zero || $0 < delivered } ?? false
    }

    /// The lag where the IDs and the length alone prove it.
    ///
    /// Right on every version, also without counters.
    var provenLag: Int64? {
        // Nothing is there to be delivered. First, because it needs nothing else.
        if length == 0 { return 0 }
        // Everything that was ever added has been delivered.
        if delivered >= generated { return 0 }
        // Nothing that the stream holds has been.
        if let first, delivered < first { return length }
        // Everything after D was deleted again: the server says nil here, or counts the dead.
        if let last, last <= delivered { return 0 }
        // F was delivered and the last entry was not: between 1 and L - 1, and here those are the same.
        return length == 2 ? 1 : nil
    }
}
