import StreamModel

/// When entries were last added to a stream, as far as weir has seen it itself.
struct AdditionRecord: Equatable, Codable, Sendable {
    var lastID: StreamID
    /// Also of a logical stream, where not every addition moves the highest ID of all.
    var added: Int64?
    /// On weir's clock.
    var since: Timestamp

    init(_ counters: StreamCounters, at now: Timestamp) {
        (lastID, added, since) = (counters.lastGeneratedID, counters.entriesAdded, now)
    }

    func isOf(_ counters: StreamCounters) -> Bool {
        lastID == counters.lastGeneratedID && added == counters.entriesAdded
    }
}
