package import StreamModel

/// Whether an entry is in its stream, and if not, what is known of why.
package enum EntryPresence: Equatable, Sendable {
    case present
    /// Its ID is beyond all that the stream has ever had.
    case notYet(lastGenerated: StreamID)
    case absent(EntryAbsence)
    /// It is not there: it was removed, was never there, or has not been added yet. The stream's last ID, which would
    /// tell, is not known, and no group has come so far.
    case absentOrNotYet
    /// That may not be asked.
    case unknown

    package init(_ look: EntryLook) {
        let counters = look.stream.currentCounters
        switch look.isPresent {
        case true?: self = .present
        case nil where counters?.firstEntryID == look.id || counters?.lastEntryID == look.id: self = .present
        case nil: self = .unknown
        case false?:
            if let generated = counters?.lastGeneratedID, look.id > generated {
                self = .notYet(lastGenerated: generated)
            } else if counters == nil, !look.groups.contains(where: { $0.hasComeTo(look.id) }) {
                self = .absentOrNotYet
            } else {
                self = .absent(EntryAbsence(look))
            }
        }
    }
}
