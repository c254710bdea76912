import StreamModel

/// Since when the lowest IDs of a group's pending entries have been pending.
///
/// The server's idle time starts again whenever an entry is claimed, so that one which is passed from hand to hand
/// always looks fresh. weir remembers when it first saw the ID instead. Entries are delivered in the order of their IDs:
/// the one that has been pending longest is among the lowest, and with several remembered the next one's time is known
/// already when the first goes.
struct PendingClock: Equatable, Codable, Sendable {
    private struct Mark: Equatable, Codable, Sendable {
        var id: StreamID
        var since: Timestamp
    }

    /// How many IDs are remembered.
    static let reach = 16

    private var marks: [Mark] = []

    /// Takes the lowest rows of the list as they are at `now`.
    mutating func see(_ head: some Collection<PendingEntry>, at now: Timestamp) {
        marks = head.map { entry in
            // At first sight, the idle time tells at least how long it has been pending.
            let idleSince = now.advanced(byMilliseconds: -entry.idleMilliseconds)
            let known = marks.first { $0.id == entry.id }?.since
            return Mark(id: entry.id, since: min(idleSince, known ?? idleSince))
        }
    }

    /// The lowest ID of all.
    var lowestID: StreamID? { marks.first?.id }

    /// Nil where nothing was seen.
    func oldestAgeSeconds(at now: Timestamp) -> Double? {
        marks.map(\.since).min().map { Double(max(0, now.milliseconds(since: $0))) / 1000 }
    }
}
