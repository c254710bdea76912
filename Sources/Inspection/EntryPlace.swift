import StreamHealth
import StreamModel

/// How many entries a group is to be given before a certain one.
package struct EntryPlace: Equatable, Sendable {
    /// Nil: nothing tells where between the bounds it is.
    package var ahead: Int64?
    package var bounds: ClosedRange<Int64>

    package init(ahead: Int64?, within bounds: ClosedRange<Int64>) {
        self.ahead = ahead.map { min(max($0, bounds.lowerBound), bounds.upperBound) }
        self.bounds = bounds
    }

    package static func exactly(_ ahead: Int64) -> EntryPlace { EntryPlace(ahead: ahead, within: ahead...ahead) }

    package var isExact: Bool { bounds.lowerBound == bounds.upperBound }
}

extension EntryPlace {
    /// How many entries come before it, in words.
    package var sentence: String {
        let (least, most) = (bounds.lowerBound, bounds.upperBound)
        if most == 0 { return "It is the next." }
        let entries = most == 1 ? "1 entry comes" : "\(most) entries come"
        if isExact { return "\(entries) before it." }
        // What is no more than a bound is no guess.
        if let ahead, ahead != least, ahead != most {
            return "About \(ahead == 1 ? "1 entry comes" : "\(ahead) entries come") before it (\(least) to \(most))."
        }
        return least == 0 ? "At most \(entries) before it." : "\(least) to \(entries) before it."
    }

    /// Nil where it is not known that there is anything to go by.
    ///
    /// Counted from D to the entry; else what is undelivered less what was counted after the entry; else between bounds,
    /// by the clocks of the IDs.
    init?(of group: GroupEntryLook, in look: EntryLook) {
        if let waiting = group.waiting, waiting.isComplete {
            self = .exactly(max(0, waiting.count - 1))
            return
        }
        let stream = look.stream
        let lag = Lag.derive(fromOneLook: group.group, in: stream, on: look.server)
        if let lag, lag.isExact, let later = look.later, later.isComplete {
            self = .exactly(max(0, lag.entries - later.count - 1))
            return
        }
        let least = group.waiting?.count ?? 0
        let undelivered = lag.map { min($0.entries + $0.uncertainty, stream.length) } ?? stream.length
        let most = undelivered - (look.later?.count ?? 0) - 1
        guard least <= most else { return nil }
        let guess = Self.share(of: look.id, for: group.group, in: stream).map { share in
            Int64((share * Double(lag?.entries ?? undelivered)).rounded())
        }
        self.init(ahead: least == most ? least : guess, within: least...most)
    }

    /// Where the entry lies between what the group was given last and the last of all, by their clocks.
    private static func share(
        of id: StreamID, for group: GroupObservation, in stream: StreamObservation
    ) -> Double? {
        guard let counters = stream.currentCounters else { return nil }
        let start = max(group.lastDeliveredID, counters.firstEntryID ?? .zero).milliseconds
        let end = counters.lastGeneratedID.milliseconds
        guard start < end, (start...end).contains(id.milliseconds) else { return nil }
        return Double(id.milliseconds - start) / Double(end - start)
    }
}
