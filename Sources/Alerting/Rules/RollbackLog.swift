import StreamModel

/// The streams that the server has lately taken back to what they were, and which of that is news.
struct RollbackLog: Equatable, Codable, Sendable {
    struct Rollback: Equatable, Codable, Sendable {
        /// When it was first judged, on weir's clock: it may have been found before weir was restarted.
        var since: Timestamp
        /// The stream's own, and those of its groups.
        var events: [StreamEvent]
    }

    /// By the names under which the streams are shown.
    private(set) var rollbacks: [Name: Rollback] = [:]
    /// The time of the newest event that was handled.
    private var newest: Timestamp?

    /// Takes the events that are kept, the newest last, and forgets what is older than a window.
    mutating func ingest(_ events: [StreamEvent], at now: Timestamp, windowMilliseconds: Int64) {
        for event in news(in: events, at: now, windowMilliseconds) where event.kind == .rolledBack {
            let name = event.shownAs ?? event.stream
            rollbacks[name, default: Rollback(since: now, events: [])].events.append(event)
            rollbacks[name]?.since = now
        }
        newest = events.last?.time ?? newest ?? now
        if rollbacks.isEmpty { return }
        rollbacks = rollbacks.filter { now.milliseconds(since: $0.value.since) < windowMilliseconds }
    }

    private func news(
        in events: [StreamEvent], at now: Timestamp, _ windowMilliseconds: Int64
    ) -> ArraySlice<StreamEvent> {
        // Events come in order, and those of one poll together: going by places in the list no clock set back hides any.
        let isHandled = { (event: StreamEvent) in
            newest.map { event.time <= $0 } ?? (now.milliseconds(since: event.time) >= windowMilliseconds)
        }
        let last = newest.flatMap { newest in events.lastIndex { $0.time == newest } }
        return events[((last ?? events.lastIndex(where: isHandled)).map { $0 + 1 } ?? 0)...]
    }
}
