import StreamModel

/// What one consumer holds unacknowledged, as far as the group's pending entries list was looked at.
struct HeldEntries: Equatable, Sendable {
    /// The longest time since one of them was delivered or claimed.
    var longestIdleMilliseconds: Int64
    @Compact private var lowestID: StreamID?
    private var lowestIdleMilliseconds: Int64 = 0

    /// The one with the lowest ID; nil where the list was not looked at from its start.
    var lowest: Entry? {
        lowestID.map { Entry(id: $0, idleMilliseconds: lowestIdleMilliseconds) }
    }

    struct Entry: Equatable, Sendable {
        var id: StreamID
        /// Since it was delivered or claimed.
        var idleMilliseconds: Int64
    }

    /// `row` is the lowest of a sweep, which begins at the list's start.
    init(lowest row: PendingEntry) {
        self.init(
            longestIdleMilliseconds: row.idleMilliseconds,
            lowest: Entry(id: row.id, idleMilliseconds: row.idleMilliseconds))
    }

    init(longestIdleMilliseconds: Int64, lowest: Entry?) {
        self.longestIdleMilliseconds = longestIdleMilliseconds
        lowestIdleMilliseconds = lowest?.idleMilliseconds ?? 0
        lowestID = lowest?.id
    }

    mutating func add(_ row: PendingEntry) {
        longestIdleMilliseconds = max(longestIdleMilliseconds, row.idleMilliseconds)
    }

    mutating func age(by milliseconds: Int64) {
        longestIdleMilliseconds += milliseconds
        if lowestID != nil { lowestIdleMilliseconds += milliseconds }
    }

    /// The longer idle time, and the lowest entry as `newer`, a later sweep, saw it.
    func worse(_ newer: HeldEntries) -> HeldEntries {
        HeldEntries(
            longestIdleMilliseconds: max(longestIdleMilliseconds, newer.longestIdleMilliseconds),
            lowest: newer.lowest ?? lowest)
    }
}
