import StreamModel

/// What is known of a group's progress through its stream: its lag, its losses, and what became of its last delivered ID.
struct GroupProgress: Equatable, Codable, Sendable {
    private(set) var lag: Lag?
    private(set) var ledger = LossLedger()
    private(set) var deliveries = DeliveryLedger()
    private var position: Position?
    private var rank = DeliveryRank()
    private var firstUndelivered = FirstUndelivered()
    private var consumerCount: Int64 = 0

    /// The surroundings of one look at a group.
    struct Look {
        var stream: StreamObservation
        var history: StreamHistory
        var server: ServerIdentity?
        var serverTime: Timestamp?
        /// Since the poll began that last saw the stream: a read that came after it shows in a consumer's idle time.
        var elapsedMilliseconds: Int64?
    }

    /// Takes the next look, and says what happened to the group's place since the last.
    mutating func ingest(_ group: GroupObservation, _ look: Look) -> GroupMove? {
        guard let present = Position(group, in: look.stream) else {
            // Without F, G and A there is nothing to compare with at the next look either.
            position = nil
            rank = DeliveryRank()
            lag = .derive(for: group, in: look.stream, on: look.server)
            firstUndelivered.update(lag: lag, reported: group.reportedLag, serverTime: look.serverTime)
            settleDeliveries(group, look, from: nil, move: nil)
            return nil
        }
        rank.advance(from: position, to: present)
        let before = position
        let exactBefore = lag.flatMap { $0.isExact ? $0.entries : nil }
        lag = .derive(for: group, in: look.stream, on: look.server, rank: rank, history: look.history)
        let exact = lag.flatMap { $0.isExact ? $0.entries : nil }
        firstUndelivered.update(present, lag: lag, probe: group.undelivered, serverTime: look.serverTime)
        let consumersBefore = consumerCount
        position = present
        consumerCount = group.consumerCount
        guard let before else {
            settleDeliveries(group, look, from: nil, move: nil)
            return nil
        }

        let mayHaveLost = Self.mayHaveLost(from: before, lag: exactBefore, to: present, lag: exact)
        let move = GroupMove(
            from: before, lag: exactBefore, to: present, lag: exact,
            isWithoutReads: Self.isWithoutReads(
                group, from: before, to: present, look, hadAsManyConsumers: consumersBefore <= group.consumerCount))
        switch move {
        case .skipped(let entries, _):
            ledger.add(skipped: entries ?? 0)
        case .rewound:
            break
        case nil:
            ledger.settle(
                from: before, lag: exactBefore, to: present, lag: exact,
                readsAreCounted: look.server?.countsLagThroughTrims == false)
        }
        settleDeliveries(group, look, from: before, move: move, mayHaveLost: mayHaveLost)
        return move
    }

    /// Takes a look that shows what the last one did; false where there is none to compare it with.
    mutating func pass(serverTime: Timestamp?) -> Bool {
        guard position != nil, deliveries.pass() else { return false }
        firstUndelivered.pass(lag: lag, serverTime: serverTime)
        return true
    }

    /// Whether some of what the group has passed may have been trimmed before it was read.
    ///
    /// Where the group is nearer to the stream's end than to its head at both looks, trimming was far behind it.
    private static func mayHaveLost(
        from before: Position, lag lagBefore: Int64?, to after: Position, lag: Int64?
    ) -> Bool {
        // The head has not moved, or not beyond where the group was: all that it passed was there.
        if after.delivered <= before.delivered || after.first == before.first { return false }
        if let first = after.first, first <= before.delivered { return false }
        guard let lagBefore, let lag else { return true }
        return lagBefore > before.length / 2 || lag > after.length / 2
    }

    private mutating func settleDeliveries(
        _ group: GroupObservation, _ look: Look, from before: Position?, move: GroupMove?, mayHaveLost: Bool = false
    ) {
        if look.history.hasBegunCounting { deliveries.restart() }
        let rank: Int64? =
            if let lag, lag.isExact, let added = look.history.added { added - lag.entries } else { nil }
        deliveries.settle(
            DeliveryLedger.Look(
                delivered: group.lastDeliveredID, read: group.entriesRead, rank: rank,
                passedOver: ledger.lost + ledger.skipped, pending: group.pending,
                readsTell: Self.readsTell(on: look.server, from: before, to: position), wasMoved: move != nil,
                mayHaveLost: mayHaveLost))
    }

    /// Whether R has grown since the last look by what was read, and by nothing else.
    private static func readsTell(on server: ServerIdentity?, from before: Position?, to after: Position?) -> Bool {
        guard let server else { return false }
        // Those that lose count do so by leaving R as it is.
        if !server.countsLagThroughTrims { return true }
        // The others estimate it anew where entries were removed that the group had not read.
        guard let before, let after, let first = after.first, let deleted = after.deleted else { return false }
        return first <= before.delivered && deleted == before.deleted && deleted <= before.delivered
    }

    /// What a look at the entries after D would add to what is known; nil where nothing.
    func wantedProbe(_ group: GroupObservation, _ look: Look, countLimit: Int64) -> ProbeDepth? {
        guard let present = Position(group, in: look.stream) else { return nil }
        var rank = rank
        rank.advance(from: position, to: present)
        let lag = Lag.derive(for: group, in: look.stream, on: look.server, rank: rank, history: look.history)
        if lag == .exact(0) { return nil }
        if let lag, !lag.isExact {
            return lag.entries - lag.uncertainty < countLimit ? .count : isFirstKnown(at: present) ? nil : .first
        }
        // So that a trim can be told from deletions at the next look.
        if present.deleted != nil, present.deletable == nil { return .count }
        return isFirstKnown(at: present) ? nil : .first
    }

    /// The age of the first entry that was not delivered yet; `delivered` is the group's last delivered ID.
    func lagSeconds(delivered: StreamID, serverTime: Timestamp?) -> Double? {
        firstUndelivered.ageSeconds(lag: lag, delivered: delivered, at: position, serverTime: serverTime)
    }

    mutating func note(purged entries: Int64) {
        ledger.add(lost: entries)
    }

    /// The server has started anew, or the stream was made anew: what was cannot be compared with what is.
    mutating func forgetPosition() {
        position = nil
        rank = DeliveryRank()
        firstUndelivered = FirstUndelivered()
        deliveries.restart()
    }

    /// Where the group stood, for what a server that has lost writes makes of it.
    var lastPosition: Position? { position }

    private func isFirstKnown(at position: Position) -> Bool {
        firstUndelivered.id(at: position) != nil
    }

    /// Whether it is proven that no entry was read since the last look.
    private static func isWithoutReads(
        _ group: GroupObservation, from before: Position, to after: Position, _ look: Look, hadAsManyConsumers: Bool
    ) -> Bool {
        // Reading counts R up by one each where nothing was removed; XGROUP SETID forgets it.
        if let first = after.first, first <= before.delivered, after.deleted == before.deleted,
            let deleted = after.deleted, deleted <= before.delivered, before.read != nil, after.read == nil
        {
            return true
        }
        // Whatever else it is, a count that grows is one of reads.
        if let read = after.read, let readBefore = before.read, read > readBefore { return false }
        // Otherwise the consumers tell, if there are some and none of those that were is gone.
        guard let elapsed = look.elapsedMilliseconds, let consumers = group.consumers, !consumers.isEmpty,
            hadAsManyConsumers
        else { return false }
        // By their idle time: one that reads with NOACK never counts as active, whatever it gets.
        return consumers.allSatisfy { $0.idleMilliseconds > elapsed }
    }
}
