import Inspection
import StreamModel
import Testing

@Suite("Whether an entry is in its stream")
struct EntryPresenceTests {
    private func absence(
        _ milliseconds: UInt64, _ stream: StreamObservation, on server: ServerIdentity? = redis8,
        _ groups: [GroupEntryLook] = []
    ) -> EntryAbsence? {
        let look = EntryLook(id: id(milliseconds), server: server, stream: stream, isPresent: false, groups: groups)
        guard case .absent(let absence) = EntryPresence(look) else { return nil }
        return absence
    }

    @Test("One beyond the last ID has not been added yet")
    func notYet() {
        let look = EntryLook(id: id(9), stream: stream(length: 3, first: 1, last: 3, generated: 8), isPresent: false)
        #expect(EntryPresence(look) == .notYet(lastGenerated: id(8)))
    }

    @Test("One that may not be asked for is known at the ends of the stream alone")
    func unasked() {
        for (entry, expected) in [(1, .present), (3, .present), (2, .unknown), (9, .unknown)]
            as [(UInt64, EntryPresence)]
        {
            let look = EntryLook(id: id(entry), stream: stream(length: 3, first: 1, last: 3), isPresent: nil)
            #expect(EntryPresence(look) == expected)
        }
    }

    @Test("Below the first entry it was trimmed; or deleted, where something as late was")
    func beforeFirst() {
        let trimmed = absence(2, stream(length: 3, first: 5, last: 7, deleted: 0, added: 7))
        #expect(
            trimmed
                == EntryAbsence(place: .beforeFirst(id(5)), wasThere: false, mayBeTrimmed: true, mayBeDeleted: false))
        let either = absence(2, stream(length: 3, first: 5, last: 7, deleted: 4, added: 7))
        #expect(either?.mayBeDeleted == true)
        let old = absence(2, stream(length: 3, first: 5, last: 7, deleted: nil), on: redis6)
        #expect(old?.mayBeTrimmed == true && old?.mayBeDeleted == true)
        #expect(absence(2, stream(length: 0, first: 0, last: 0, generated: 7, added: 7))?.place == .emptyStream)
    }

    @Test("Between two entries it was deleted, or was never there")
    func between() {
        let deleted = absence(2, stream(length: 2, first: 1, last: 3, deleted: 2, added: 3))
        #expect(deleted == EntryAbsence(place: .between, wasThere: true, mayBeTrimmed: false, mayBeDeleted: true))
        let maybe = absence(2, stream(length: 3, first: 1, last: 4, deleted: 3, added: 5))
        #expect(maybe?.wasThere == false && maybe?.mayBeDeleted == true && maybe?.wasNever == false)
        let never = absence(2, stream(length: 3, first: 1, last: 4, deleted: 1, added: 5))
        #expect(never?.wasNever == true)
    }

    @Test("Nothing is missing from a stream that has all that was ever added")
    func complete() {
        #expect(absence(2, stream(length: 3, first: 3, last: 7, deleted: 0, added: 3))?.wasNever == true)
        #expect(absence(2, stream(length: 3, first: 3, last: 7, deleted: nil, added: nil))?.wasNever == false)
    }

    @Test("ACKED trims between entries, from Redis 8.2")
    func acked() {
        let server = ServerIdentity(kind: .redis, version: ServerVersion(8, 2, 0), role: "master", runID: "a")
        let hole = stream(length: 3, first: 1, last: 4, deleted: 1, added: 9)
        #expect(absence(2, hole, on: server)?.mayBeTrimmed == true)
        #expect(absence(2, hole, on: redis8)?.mayBeTrimmed == false)
    }

    @Test("Without the last ID it may be still to come, unless a group has come so far")
    func withoutCounters() {
        let bare = StreamObservation(length: 3, counters: nil, countersAreCurrent: false, groups: [])
        func presence(_ groups: GroupEntryLook...) -> EntryPresence {
            EntryPresence(EntryLook(id: id(5), server: redis8, stream: bare, isPresent: false, groups: groups))
        }
        #expect(presence() == .absentOrNotYet)
        #expect(presence(group(at: 4), group(at: 0)) == .absentOrNotYet)
        let removed = EntryPresence.absent(
            EntryAbsence(place: .unknown, wasThere: false, mayBeTrimmed: true, mayBeDeleted: true))
        #expect(presence(group(at: 4), group(at: 5)) == removed)
        let pending = EntryPresence.absent(
            EntryAbsence(place: .unknown, wasThere: true, mayBeTrimmed: true, mayBeDeleted: true))
        #expect(presence(group(at: 4, pending: .success(row(5)))) == pending)
    }

    @Test("What is pending, or the last ID of all, was there")
    func wasThere() {
        let pending = group(at: 7, pending: .success(row(2)))
        #expect(absence(2, stream(length: 3, first: 5, last: 7, added: 7), [pending])?.wasThere == true)
        #expect(absence(7, stream(length: 3, first: 3, last: 6, generated: 7, deleted: 7, added: 5))?.wasThere == true)
        #expect(absence(2, stream(length: 3, first: 5, last: 7, added: 7), [group(at: 7)])?.wasThere == false)
    }
}
