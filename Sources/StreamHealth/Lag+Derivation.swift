package import StreamModel

extension Lag {
    /// What can be said about a group's lag from one look at its stream.
    ///
    /// Nil: nothing.
    ///
    /// The server's own lag may be nil, and may be wrong, so that it is one witness among several. The rules go from
    /// proof to estimate, and the first that holds decides. L is the length, F the first entry's ID, G the last
    /// generated, A the entries ever added, D the group's last delivered, T the highest deleted ID.
    package static func derive(
        for group: GroupObservation, in stream: StreamObservation, on server: ServerIdentity?
    ) -> Lag? {
        let length = stream.length
        let counters = stream.counters
        let delivered = group.lastDeliveredID
        let reported = group.reportedLag.flatMap { (0...max(0, length)).contains($0) ? $0 : nil }

        // Nothing is there to be delivered. First, because it needs nothing but XLEN.
        if length == 0 { return .exact(0) }

        guard stream.countersAreCurrent else {
            // The IDs are from an earlier poll. Redis 8 was never seen to report a wrong lag; any other server's is
            // as good as the length allows.
            guard let reported else { return nil }
            let isSure = server.map { $0.kind == .redis && $0.version >= ServerVersion(8, 0, 0) } ?? false
            return isSure ? .exact(reported) : .estimate(reported, within: 0...length)
        }

        // Everything that was ever added has been delivered.
        if delivered >= counters.lastGeneratedID { return .exact(0) }
        // Nothing that the stream holds has been. Right on every version, also without counters.
        if let first = counters.firstEntryID, delivered < first { return .exact(length) }
        // Everything after D was deleted again: the server says nil here, or counts the dead.
        if let last = counters.lastEntryID, last <= delivered { return .exact(0) }

        if let reported, let deleted = counters.maxDeletedEntryID, deleted == .zero || deleted < delivered {
            // No hole after D, and a server that keeps count through trims.
            if server?.countsLagThroughTrims == true { return .exact(reported) }
            // The others lose count for good with the first trim; nothing was removed from this stream yet.
            if deleted == .zero, counters.entriesAdded == length { return .exact(reported) }
        }

        // F was delivered, and the last entry was not.
        let bounds = 1...max(1, length - 1)
        let guess = reported ?? byTime(of: group, in: stream)
        return .estimate(guess, within: bounds)
    }

    /// The value nearest to `guess` that is possible, with the distance to the farther bound as its uncertainty.
    ///
    /// An estimate is never 0: that nothing is left to do is only said when it is proven.
    private static func estimate(_ guess: Int64, within bounds: ClosedRange<Int64>) -> Lag {
        let entries = min(max(guess, bounds.lowerBound, 1), max(bounds.upperBound, 1))
        return Lag(entries: entries, uncertainty: max(entries - bounds.lowerBound, bounds.upperBound - entries))
    }

    /// Where D lies between the first and the last entry by their clocks, as if entries came evenly.
    private static func byTime(of group: GroupObservation, in stream: StreamObservation) -> Int64 {
        let counters = stream.counters
        guard let first = counters.firstEntryID?.milliseconds, counters.lastGeneratedID.milliseconds > first else {
            return stream.length / 2
        }
        let last = counters.lastGeneratedID.milliseconds
        let delivered = min(max(group.lastDeliveredID.milliseconds, first), last)
        let share = Double(last - delivered) / Double(last - first)
        return Int64((share * Double(stream.length)).rounded())
    }
}
