import StreamModel

/// Since when a group's lowest pending ID has been pending.
///
/// The server's idle time starts again whenever an entry is claimed, so that one which is passed from hand to hand
/// always looks fresh. weir remembers when it first saw the ID instead.
struct PendingClock: Equatable, Sendable {
    private var id: StreamID
    private var since: Timestamp

    /// At first sight, the entry's idle time tells at least how long it has been pending.
    init(_ entry: PendingEntry, at now: Timestamp) {
        id = entry.id
        // Not before the epoch: an idle time that cannot be must not overflow.
        since = now.advanced(byMilliseconds: -min(entry.idleMilliseconds, now.milliseconds))
    }

    /// The clock after another look: the old one goes on where the entry is still the lowest.
    func following(_ entry: PendingEntry, at now: Timestamp) -> PendingClock {
        let fresh = PendingClock(entry, at: now)
        return fresh.id == id && since < fresh.since ? self : fresh
    }

    func ageSeconds(at now: Timestamp) -> Double {
        Double(max(0, now.milliseconds(since: since))) / 1000
    }
}
