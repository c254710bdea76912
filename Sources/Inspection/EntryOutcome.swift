package import StreamModel

/// What became of an entry in one group.
package enum EntryOutcome: Equatable, Sendable {
    /// The group is to be given it; nil: nobody knows how many come before.
    case undelivered(EntryPlace?)
    case pending(PendingEntry)
    /// Pending, and there is nothing left of it.
    case dangling(PendingEntry)
    /// The group is beyond it, and it is not pending.
    case done
    /// The same of an entry that is not in the stream any more: it may have been removed before the group came to it.
    case passed
    /// Removed before the group was given it; unless it was never there, which is not always known.
    case lost(wasThere: Bool)
    /// It is not there to be given.
    case none
    /// The group has not come to it, and it is not there: lost for the group, or still to be added.
    case undecided
    /// The group came by while it was looked at.
    case moving
    /// The group is beyond it; whether it is pending may not be asked.
    case unknown(SampleError)

    package init(_ group: GroupEntryLook, in look: EntryLook, _ presence: EntryPresence) {
        if case .success(let row?) = group.pending {
            if case .absent = presence { self = .dangling(row) } else { self = .pending(row) }
            return
        }
        switch presence {
        case .notYet:
            self = .none
            return
        case .absent(let absence) where absence.wasNever:
            self = .none
            return
        case .absentOrNotYet:
            self = .undecided
            return
        default: break
        }
        let absence: EntryAbsence? = if case .absent(let known) = presence { known } else { nil }
        if group.group.lastDeliveredID < look.id {
            self = absence.map { .lost(wasThere: $0.wasThere) } ?? .undelivered(EntryPlace(of: group, in: look))
        } else if case .failure(let error) = group.pending {
            self = .unknown(error)
        } else if group.isMoving(past: look.id) {
            self = .moving
        } else {
            self = absence == nil ? .done : .passed
        }
    }

    /// Why it is not known what became of it; nil: it is.
    package var unknown: String? {
        switch self {
        case .unknown(let error): error.description
        case .undecided: "the last ID that the stream has given is not known"
        case .moving: "the group came by while it was looked at"
        case .undelivered, .pending, .dangling, .done, .passed, .lost, .none: nil
        }
    }
}
