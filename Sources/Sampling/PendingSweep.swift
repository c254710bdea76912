import StreamModel

/// Where the sweep over each group's pending entries stands, and whose turn it is.
///
/// A pure machine: `legs` says what a poll should look at, `finish` takes what it has come to.
struct PendingSweep: Sendable {
    private struct Place: Sendable {
        /// `0-0` where a new sweep is due.
        var next = StreamID.zero
        var left = 0
        /// The poll ran out of time before its rows.
        var isCutShort = false
        /// Of this sweep, and of the last.
        var longestIdle: Int64 = 0
        var longestIdleBefore: Int64 = 0
        var lastTurn: UInt64 = 0
    }

    private var places: [Name: [Name: Place]] = [:]
    private var turn: UInt64 = 0

    init() {}

    /// What one poll should look at with `rows` rows in all, in the order in which it should ask.
    ///
    /// `pending` is the size of each pending entries list; the places of a stream's other groups are forgotten.
    mutating func legs(over pending: [Name: [Name: Int64]], rows: Int) -> [SweepLeg] {
        for (stream, groups) in pending {
            places[stream] = places[stream]?.filter { (groups[$0.key] ?? 0) > 0 }
        }
        let groups = pending.flatMap { stream, groups in
            groups.compactMap { group, entries in
                entries > 0 ? (stream: stream, name: group, entries: Int(clamping: entries)) : nil
            }
        }.sorted { ($0.stream, $0.name) < ($1.stream, $1.name) }
        let claims = groups.map { group in
            let place = places[group.stream]?[group.name] ?? Place()
            return SweepClaim(
                entries: group.entries, left: place.next == .zero ? group.entries : place.left,
                longestIdleMilliseconds: max(place.longestIdle, place.longestIdleBefore), lastTurn: place.lastTurn)
        }
        let shares = SweepClaim.share(rows, among: claims)
        // The poll may run out of time: then those stand back that were looked at last, and of those the healthy.
        let order = groups.indices.filter { shares[$0] > 0 }.sorted { left, right in
            (claims[left].lastTurn, claims[right].longestIdleMilliseconds, left)
                < (claims[right].lastTurn, claims[left].longestIdleMilliseconds, right)
        }
        return order.map { index in
            let group = groups[index]
            let place = places[group.stream]?[group.name] ?? Place()
            // Where all can be seen at once, what was half seen before is of no use; but a poll that never has time
            // for all would never come to the end.
            let startsAnew = shares[index] >= group.entries && !place.isCutShort
            return SweepLeg(
                stream: group.stream, group: group.name, next: startsAnew ? .zero : place.next,
                left: startsAnew ? group.entries : claims[index].left, rowsGranted: shares[index])
        }
    }

    /// Takes what the legs of one poll have come to.
    mutating func finish(_ legs: [SweepLeg]) {
        turn += 1
        for leg in legs where leg.wasAsked {
            var place = places[leg.stream]?[leg.group] ?? Place()
            place.lastTurn = turn
            place.isCutShort = leg.rowsToAsk > 0
            place.longestIdle = max(place.longestIdle, leg.longestIdleMilliseconds)
            if let next = leg.next, leg.page != nil {
                (place.next, place.left) = (next, leg.left)
            } else {
                (place.next, place.left) = (.zero, 0)
                (place.longestIdleBefore, place.longestIdle) = (place.longestIdle, 0)
            }
            places[leg.stream, default: [:]][leg.group] = place
        }
    }

    /// Forgets all streams but these.
    mutating func keep(_ streams: Set<Name>) {
        places = places.filter { streams.contains($0.key) }
    }
}
