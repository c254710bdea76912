package import StreamModel

/// What is known of an entry that is not in its stream, whose ID is not beyond the last.
package struct EntryAbsence: Equatable, Sendable {
    package enum Place: Equatable, Sendable {
        case emptyStream
        case beforeFirst(StreamID)
        /// Entries on both sides of it are there.
        case between
        case afterLast(StreamID)
        /// The stream's IDs may not be asked for.
        case unknown
    }

    package var place: Place
    /// Somebody has been given it, or the server names it: it was there.
    package var wasThere: Bool
    package var mayBeTrimmed: Bool
    package var mayBeDeleted: Bool

    package init(place: Place, wasThere: Bool, mayBeTrimmed: Bool, mayBeDeleted: Bool) {
        self.place = place
        self.wasThere = wasThere
        self.mayBeTrimmed = mayBeTrimmed
        self.mayBeDeleted = mayBeDeleted
    }

    /// It was never in the stream, as far as the server's counters tell.
    package var wasNever: Bool { !wasThere && !mayBeTrimmed && !mayBeDeleted }
}

extension EntryAbsence {
    init(_ look: EntryLook) {
        let counters = look.stream.currentCounters
        let deleted = counters?.maxDeletedEntryID
        let isNamed = counters.map { $0.lastGeneratedID == look.id || $0.maxDeletedEntryID == look.id } ?? false
        let isPending = look.groups.contains { (try? $0.pending.get()) != nil }
        // All that was ever added is there. Counted from 7.0 on.
        let isComplete = deleted == .zero && counters?.entriesAdded == look.stream.length
        place = Place(of: look.id, in: look.stream)
        wasThere = isNamed || isPending
        mayBeTrimmed = !isComplete && (place.isWhereTrimmingReaches || look.server?.trimsBetween ?? false)
        mayBeDeleted = !isComplete && deleted.map { $0 >= look.id } ?? true
    }
}

extension EntryAbsence.Place {
    fileprivate init(of id: StreamID, in stream: StreamObservation) {
        if stream.length == 0 {
            self = .emptyStream
        } else if let counters = stream.currentCounters {
            if let first = counters.firstEntryID, id < first {
                self = .beforeFirst(first)
            } else if let last = counters.lastEntryID, id > last {
                self = .afterLast(last)
            } else {
                self = .between
            }
        } else {
            self = .unknown
        }
    }

    /// Trimming takes the oldest entries away, and so leaves no hole.
    fileprivate var isWhereTrimmingReaches: Bool {
        switch self {
        case .emptyStream, .beforeFirst, .unknown: true
        case .between, .afterLast: false
        }
    }
}

extension ServerIdentity {
    /// Whether trimming may leave out entries on its way: what `ACKED` keeps is not acknowledged yet.
    fileprivate var trimsBetween: Bool { kind == .redis && version >= ServerVersion(8, 2, 0) }
}
