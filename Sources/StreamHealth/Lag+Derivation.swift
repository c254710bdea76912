package import StreamModel

extension Lag {
    /// What one look alone tells of a group's lag; nil: nothing.
    package static func derive(
        fromOneLook group: GroupObservation, in stream: StreamObservation, on server: ServerIdentity?
    ) -> Lag? {
        derive(for: group, in: stream, on: server)
    }

    /// What can be said about a group's lag.
    ///
    /// Nil: nothing.
    ///
    /// The server's own lag may be nil, and may be wrong, so that it is one witness among several. The rules go from
    /// proof to estimate, and the first that holds decides.
    static func derive(
        for group: GroupObservation, in stream: StreamObservation, on server: ServerIdentity?,
        rank: DeliveryRank = DeliveryRank(), history: StreamHistory = StreamHistory()
    ) -> Lag? {
        let length = stream.length
        if length == 0 { return .exact(0) }
        let reported = group.reportedLag.flatMap { (0...length).contains($0) ? $0 : nil }
        guard let position = Position(group, in: stream) else {
            // The IDs are from an earlier poll. Redis 8 was never seen to report a wrong lag; any other server's is
            // as good as the length allows.
            guard let reported else { return nil }
            let isSure = server.map { $0.kind == .redis && $0.version >= ServerVersion(8, 0, 0) } ?? false
            return isSure ? .exact(reported) : .estimate(reported, within: 0...length)
        }

        if let proven = position.provenLag { return .exact(proven) }
        // Somebody has looked.
        if let probe = group.undelivered, probe.isComplete { return .exact(probe.count) }
        // No hole after D, and a server that keeps count through trims.
        if let reported, position.hasNoDeletionAfterDelivered, server?.countsLagThroughTrims == true {
            return .exact(reported)
        }
        // An earlier server loses count with the first removal, and here was none: A entries were added, and are there.
        if let reported, position.deleted == .zero, position.added == length { return .exact(reported) }
        // No hole after D, and weir has kept count where the server does not.
        if server?.countsLagThroughTrims != true, let counted = rank.lag(at: position) { return .exact(counted) }

        var bounds = (lower: max(1, group.undelivered?.count ?? 1), upper: max(1, length - 1))
        if let known = history.bounds(at: position) {
            bounds = (max(bounds.lower, known.lowerBound), min(bounds.upper, known.upperBound))
        }
        guard bounds.lower <= bounds.upper else { return nil }
        return .estimate(reported ?? byTime(at: position), within: bounds.lower...bounds.upper)
    }

    /// The value nearest to `guess` that is possible, with the distance to the farther bound as its uncertainty.
    ///
    /// An estimate is never 0: that nothing is left to do is only said when it is proven.
    private static func estimate(_ guess: Int64, within bounds: ClosedRange<Int64>) -> Lag {
        let entries = max(1, min(max(guess, bounds.lowerBound), bounds.upperBound))
        return Lag(entries: entries, uncertainty: max(entries - bounds.lowerBound, bounds.upperBound - entries))
    }

    /// Where D lies between the first entry and the last generated ID by their clocks, as if entries came evenly.
    private static func byTime(at position: Position) -> Int64 {
        guard let first = position.first?.milliseconds, position.generated.milliseconds > first else {
            return position.length / 2
        }
        let last = position.generated.milliseconds
        let delivered = min(max(position.delivered.milliseconds, first), last)
        let share = Double(last - delivered) / Double(last - first)
        return Int64((share * Double(position.length)).rounded())
    }
}
