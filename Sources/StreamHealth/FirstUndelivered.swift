import StreamModel

/// The first entry that a group was not given yet, remembered for as long as it must be the same one.
struct FirstUndelivered: Equatable, Codable, Sendable {
    private struct Known: Equatable, Codable, Sendable {
        var id: StreamID
        /// D, T, L and G when it was found.
        var delivered: StreamID
        @Compact var deleted: StreamID?
        var length: Int64
        var generated: StreamID

        init(id: StreamID, at position: Position) {
            self.id = id
            delivered = position.delivered
            deleted = position.deleted
            length = position.length
            generated = position.generated
        }
    }

    private var known: Known?
    /// On the server's clock: the last time when nothing was undelivered.
    @Compact private var caughtUp: Timestamp?

    /// Takes the next look.
    ///
    /// `serverTime` is the server's clock.
    mutating func update(_ position: Position, lag: Lag?, probe: UndeliveredProbe?, serverTime: Timestamp?) {
        if lag == .exact(0) {
            known = nil
            caughtUp = serverTime
        } else if let first = probe?.first {
            known = Known(id: first, at: position)
        } else if let known, !stillHolds(known, at: position) {
            self.known = nil
        }
    }

    /// Takes a look that shows what the last one did.
    mutating func pass(lag: Lag?, serverTime: Timestamp?) {
        if lag == .exact(0) { caughtUp = serverTime }
    }

    /// Takes a look that showed no IDs: the stream's entries are too large to be asked for.
    ///
    /// `reported`: the server's own lag. That it says 0 proves nothing; but without a better witness it must not be
    /// taken for the opposite, a group that has been behind ever since its last entry.
    mutating func update(lag: Lag?, reported: Int64?, serverTime: Timestamp?) {
        known = nil
        if lag == .exact(0) || reported == 0 { caughtUp = serverTime }
    }

    /// The entry's ID, where it is known at this position.
    func id(at position: Position) -> StreamID? {
        if let first = position.first, position.delivered < first { return first }
        return known.flatMap { stillHolds($0, at: position) ? $0.id : nil }
    }

    /// The age of the entry in seconds; where it is not known, the most that it can be.
    ///
    /// `position` is nil where the last look showed no IDs but D.
    func ageSeconds(lag: Lag?, delivered: StreamID, at position: Position?, serverTime: Timestamp?) -> Double? {
        if lag == .exact(0) { return 0 }
        guard let serverTime else { return nil }
        if let id = position.flatMap(id) { return id.ageMilliseconds(at: serverTime).map { Double($0) / 1000 } }
        // It came after D, and after the last time when there was none.
        guard lag != nil, let sinceDelivered = delivered.ageMilliseconds(at: serverTime) else { return nil }
        let sinceCaughtUp = caughtUp.map { max(0, serverTime.milliseconds(since: $0)) } ?? sinceDelivered
        return Double(min(sinceDelivered, sinceCaughtUp)) / 1000
    }

    /// Nothing was delivered since, it was not trimmed, and no single deletion came since that could have been its own.
    private func stillHolds(_ known: Known, at position: Position) -> Bool {
        guard known.delivered == position.delivered, let first = position.first, first <= known.id else {
            return false
        }
        if let deleted = position.deleted { return deleted == known.deleted }
        // Before Redis 7.0 a deletion shows in the length alone, and only while nothing is added.
        return known.length == position.length && known.generated == position.generated
    }
}
