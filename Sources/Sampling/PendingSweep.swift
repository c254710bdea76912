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

    /// The pending entries lists of one stream's groups, by their sizes.
    struct Lists {
        var stream: Name
        /// Where the stream is among those that the poll has seen.
        var place = 0
        var groups: [(name: Name, entries: Int64)]
    }

    /// What one poll should look at with `rows` rows in all, in the order in which it should ask.
    ///
    /// The places of these streams' other groups are forgotten.
    mutating func legs(over lists: [Lists], rows: Int) -> [SweepLeg] {
        var candidates: [(stream: Name, origin: SweepLeg.Origin, name: Name, place: Place, claim: SweepClaim)] = []
        for list in lists {
            let own = places[list.stream] ?? [:]
            for (index, group) in list.groups.enumerated() where group.entries > 0 {
                let (place, entries) = (own[group.name] ?? Place(), Int(clamping: group.entries))
                let claim = SweepClaim(
                    entries: entries, left: place.next == .zero ? entries : place.left,
                    longestIdleMilliseconds: max(place.longestIdle, place.longestIdleBefore), lastTurn: place.lastTurn)
                candidates.append(
                    (list.stream, SweepLeg.Origin(stream: list.place, group: index), group.name, place, claim))
            }
            let isStill = { (name: Name) in list.groups.contains { $0.name == name && $0.entries > 0 } }
            if !own.keys.allSatisfy(isStill) { places[list.stream] = own.filter { isStill($0.key) } }
        }
        let shares = SweepClaim.share(rows, among: candidates.map(\.claim))
        // The poll may run out of time: then those stand back that were looked at last, and of those the healthy.
        let order = candidates.indices.filter { shares[$0] > 0 }.sorted { left, right in
            let (one, other) = (candidates[left].claim, candidates[right].claim)
            return (one.lastTurn, other.longestIdleMilliseconds, left)
                < (other.lastTurn, one.longestIdleMilliseconds, right)
        }
        return order.map { index in
            let (stream, origin, name, place, claim) = candidates[index]
            // Where all can be seen at once, what was half seen before is of no use; but a poll that never has time
            // for all would never come to the end.
            let startsAnew = shares[index] >= claim.entries && !place.isCutShort
            return SweepLeg(
                stream: stream, group: name, origin: origin,
                next: startsAnew ? .zero : place.next, left: startsAnew ? claim.entries : claim.left,
                rowsGranted: shares[index])
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

    /// The stream is not there.
    mutating func forget(_ stream: Name) {
        places[stream] = nil
    }

    /// Forgets all streams but these.
    mutating func keep(_ streams: Set<Name>) {
        if places.count > streams.count || !places.keys.allSatisfy(streams.contains) {
            places = places.filter { streams.contains($0.key) }
        }
    }
}
