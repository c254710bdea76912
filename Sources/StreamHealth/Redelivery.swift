import StreamModel

/// What a group will be given again, because another run of its server does not know that it was.
struct Redelivery: Equatable, Sendable {
    /// Nil: not known.
    var entries: Int64?
    /// Whether more may be: the group was given some again already, or not all were counted.
    var isAtLeast = false

    /// Nil where it will be given nothing again; `place`: its last delivered ID when it was last seen.
    ///
    /// `lag` is what it has now. `elapsed`: since the poll began that last saw the stream.
    init?(
        of group: GroupObservation, from place: StreamID, in stream: StreamObservation, lag: Lag?,
        elapsedMilliseconds elapsed: Int64?
    ) {
        guard let counters = stream.currentCounters, group.lastDeliveredID < place else { return nil }
        if let first = counters.firstEntryID, first > place { return nil }
        if Self.isLag(counters, place), let lag, lag.isExact {
            // All that is left after D had been delivered.
            entries = lag.entries
        } else if let seen = group.undelivered?.upTo, seen.id == place {
            // What was added since lies beyond: its IDs are higher than all that there were.
            entries = seen.count > 0 || seen.isComplete ? seen.count : nil
            isAtLeast = !seen.isComplete
        }
        if entries == 0 { return nil }
        // What it was given since lies before D now, like all that it was given once.
        isAtLeast = entries != nil && (isAtLeast || group.mayHaveRead(sinceMilliseconds: elapsed))
    }

    /// How far the entries after D have to be looked at before it can be told; `usual`: how far they are anyway.
    static func depth(
        of group: GroupObservation, from place: StreamID, in stream: StreamObservation, usual: ProbeDepth?
    ) -> ProbeDepth? {
        guard let counters = stream.currentCounters, group.lastDeliveredID < place,
            counters.firstEntryID.map({ $0 <= place }) ?? false
        else { return usual }
        return Self.isLag(counters, place) && usual != .count ? usual : .countUpTo(place)
    }

    /// Whether everything that is there had been delivered, so that what was delivered and is left is just the lag.
    private static func isLag(_ counters: StreamCounters, _ place: StreamID) -> Bool {
        place >= counters.lastGeneratedID
    }
}

extension GroupObservation {
    /// Whether any of its consumers was seen within so many milliseconds, or might have been.
    fileprivate func mayHaveRead(sinceMilliseconds elapsed: Int64?) -> Bool {
        guard let elapsed, let consumers else { return true }
        // By their idle time: one that reads with NOACK never counts as active, whatever it gets.
        return consumers.contains { $0.idleMilliseconds <= elapsed }
    }
}
