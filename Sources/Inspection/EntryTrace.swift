import StreamModel

/// What became of one entry, in its stream and in each group.
package struct EntryTrace: Equatable, Sendable {
    package var look: EntryLook
    package var presence: EntryPresence
    /// By name.
    package var groups: [GroupTrace]

    /// `earlier`: another look, so many seconds before; without one nobody knows how fast the groups are.
    package init(_ look: EntryLook, after earlier: (look: EntryLook, seconds: Double)? = nil) {
        self.look = look
        presence = EntryPresence(look)
        groups = []
        for group in look.groups {
            let before = earlier?.look.groups.first { $0.group.name == group.group.name }
            var pace = DeliveryPace.unknown
            if let earlier, let before {
                pace = DeliveryPace(from: before, to: group, earlier.look, look, seconds: earlier.seconds)
            }
            groups.append(GroupTrace(group, in: look, presence, pace: pace))
        }
    }

    /// How old the entry is by its ID and the server's clock; nil where no clock made the ID, or nobody knows.
    package var ageMilliseconds: Int64? { look.serverTime.flatMap { look.id.ageMilliseconds(at: $0) } }

    /// Why it is not known of any group what became of it there; nil: it is, or there are no groups.
    package var unknown: String? {
        let reasons = groups.compactMap(\.outcome.unknown)
        guard !groups.isEmpty, reasons.count == groups.count else { return nil }
        return Set(reasons).sorted().joined(separator: "; ")
    }

    /// Whether another look some seconds later would tell how fast it comes nearer.
    package var isAwaited: Bool {
        groups.contains { group in
            if case .undelivered = group.outcome { group.consumerCount > 0 } else { false }
        }
    }
}
