import StreamModel

/// What happened to the stream itself since it was last seen.
extension StreamState {
    /// Whether the run of a server that showed the stream last goes on.
    ///
    /// It may be another's now: a slot that moves takes the stream along, with its counters, IDs, groups and all that is
    /// pending.
    func isSameRun(_ context: PollContext) -> Bool {
        guard let sighting else { return true }
        return sighting.runID.map(context.runIDs.contains) ?? (context.server == nil)
    }

    /// The stream's counters only grow, unless it was made anew or the server has lost writes.
    func eventOfStream(_ stream: StreamObservation, name: Name, _ context: PollContext) -> StreamEvent? {
        guard let before = sighting?.counters, let counters = stream.currentCounters else { return nil }
        let added = counters.entriesAdded
        let addedBefore = before.entriesAdded
        let isAddedLess = if let added, let addedBefore { added < addedBefore } else { false }
        // All that was there before would have been removed, and has not been.
        let isAnother =
            if let added, let addedBefore, let first = counters.firstEntryID {
                first > before.lastGeneratedID && added - stream.length < addedBefore
            } else { false }
        guard isAddedLess || isAnother || counters.lastGeneratedID < before.lastGeneratedID else { return nil }
        guard !isSameRun(context) else {
            return StreamEvent(kind: .recreated, at: context.now, stream: name, group: nil, entries: nil, restore: nil)
        }
        let isAllNew = isAnother || counters.lastGeneratedID == .zero
        let gone: Int64? =
            if let added, let addedBefore {
                // Nothing that is there had been before: of all that was added since, what came back was at most what
                // has been removed.
                max(0, addedBefore - (isAllNew ? added - stream.length : added))
            } else { nil }
        var event = StreamEvent(
            kind: .rolledBack, at: context.now, stream: name, group: nil, entries: gone, restore: nil)
        event.isTotal = isAllNew && gone == addedBefore
        return event
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
