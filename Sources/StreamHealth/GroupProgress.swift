import StreamModel

/// What is known of a group's progress through its stream: its lag, its losses, and what became of its last delivered ID.
struct GroupProgress: Equatable, Sendable {
    private(set) var lag: Lag?
    private(set) var ledger = LossLedger()
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
            firstUndelivered.update(lag: lag, serverTime: look.serverTime)
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
        guard let before else { return nil }

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
        return move
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

    /// The server has started anew, or the stream was made anew: what was cannot be compared with what is.
    mutating func forgetPosition() {
        position = nil
        rank = DeliveryRank()
        firstUndelivered = FirstUndelivered()
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
        // Otherwise the consumers tell, if there are some and none of those that were is gone.
        guard let elapsed = look.elapsedMilliseconds, let consumers = group.consumers, !consumers.isEmpty,
            hadAsManyConsumers
        else { return false }
        return consumers.allSatisfy { consumer in
            // A reader with NOACK never counts as active; its idle time alone tells of it.
            consumer.idleMilliseconds > elapsed || (consumer.inactiveMilliseconds ?? 0) > elapsed
        }
    }
}
