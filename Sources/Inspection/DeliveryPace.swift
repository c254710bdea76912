import StreamModel

/// How fast a group is given entries, by two looks at it.
package enum DeliveryPace: Equatable, Sendable {
    case perSecond(Double)
    /// Nothing between the looks.
    case still
    case unknown

    /// `seconds`: between the looks, above 0.
    init(
        from earlier: GroupEntryLook, to later: GroupEntryLook, _ before: EntryLook, _ after: EntryLook, seconds: Double
    ) {
        let (start, end) = (earlier.group.lastDeliveredID, later.group.lastDeliveredID)
        guard end >= start else {
            self = .unknown
            return
        }
        if start == end {
            self = .still
            return
        }
        // Once entries are removed ahead of a group it jumps, and so does the server's count of what it has read.
        guard let first = after.stream.currentCounters?.firstEntryID, first <= start else {
            self = .unknown
            return
        }
        let entries: Int64?
        if let read = later.group.entriesRead, let readBefore = earlier.group.entriesRead {
            entries = read - readBefore
        } else if let place = EntryPlace(of: later, in: after), let placeBefore = EntryPlace(of: earlier, in: before),
            place.isExact, placeBefore.isExact
        {
            entries = placeBefore.bounds.lowerBound - place.bounds.lowerBound
        } else {
            entries = nil
        }
        if let entries, entries > 0 { self = .perSecond(Double(entries) / seconds) } else { self = .unknown }
    }
}
