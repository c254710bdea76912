import StreamModel

/// What happened to the stream itself since it was last seen.
extension StreamState {
    /// Whether the run of a server that showed the stream last goes on.
    ///
    /// It may be another's now: a slot that moves takes the stream along, with its counters, IDs, groups and all that is
    /// pending.
    func isSameRun(_ context: PollContext) -> Bool {
        guard let sighting else { return true }
        // Nearly always on the same server.
        if let server = context.server, sighting.runID == server.runID { return true }
        return sighting.runID.map(context.runIDs.contains) ?? (context.server == nil)
    }

    /// The stream's counters only grow, unless it was made anew or the server has lost writes.
    func eventOfStream(_ stream: StreamObservation, name: Name, _ context: PollContext) -> StreamEvent? {
        guard let before = sighting?.counters, let counters = stream.currentCounters else { return nil }
        if isSameRun(context) {
            guard counters.areOfAnother(than: before, length: stream.length) else { return nil }
            return StreamEvent(kind: .recreated, at: context.now, stream: name, group: nil, entries: nil, restore: nil)
        }
        return Rollback(from: before, to: counters, in: stream).map { rollback in
            var event = StreamEvent(
                kind: .rolledBack, at: context.now, stream: name, group: nil, entries: rollback.entries, restore: nil)
            event.isAtLeast = rollback.isAtLeast
            event.isTotal = rollback.isTotal
            return event
        }
    }

    /// The stream is not there: lost, if what was seen was another run of the server.
    ///
    /// All runs have to be known: that a stream is deleted is no news.
    func eventOfAbsence(name: Name, _ context: PollContext) -> StreamEvent? {
        guard let sighting, let before = sighting.runID, context.isRunKnown, !context.runIDs.contains(before) else {
            return nil
        }
        var event = StreamEvent(
            kind: .rolledBack, at: context.now, stream: name, group: nil, entries: sighting.counters.entriesAdded,
            restore: nil)
        event.isTotal = true
        return event
    }
}

extension StreamCounters {
    /// Whether, on the same run, they are of another stream than those from before.
    fileprivate func areOfAnother(than before: StreamCounters, length: Int64) -> Bool {
        if lastGeneratedID < before.lastGeneratedID { return true }
        guard let added = entriesAdded, let addedBefore = before.entriesAdded else { return false }
        if added < addedBefore { return true }
        // All that was there before would have been removed, and has not been.
        return firstEntryID.map { $0 > before.lastGeneratedID && added - length < addedBefore } ?? false
    }
}
