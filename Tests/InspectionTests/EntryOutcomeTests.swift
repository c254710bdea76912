import Inspection
import StreamModel
import Testing

@Suite("What became of an entry in a group")
struct EntryOutcomeTests {
    private func outcome(
        _ group: GroupEntryLook, entry: UInt64 = 4, isPresent: Bool? = true,
        in stream: StreamObservation = stream(length: 7, first: 1, last: 7, added: 9)
    ) -> EntryOutcome? {
        EntryTrace(EntryLook(id: id(entry), server: redis8, stream: stream, isPresent: isPresent, groups: [group]))
            .groups.first?.outcome
    }

    private let trimmed = stream(length: 2, first: 6, last: 7, added: 9)

    @Test("It is undelivered while the group is before it, and done once it is beyond it and has nothing pending")
    func present() {
        let counted = EntryCount(id: id(4), count: 2, isComplete: true)
        #expect(outcome(group(at: 2, waiting: counted)) == .undelivered(.exactly(1)))
        #expect(outcome(group(at: 4)) == .done)
        #expect(outcome(group(at: 7)) == .done)
        #expect(outcome(group(at: 7), isPresent: nil) == .done)
    }

    @Test("It is pending, with or without a body, also where the group was set back behind it")
    func pending() {
        let held = group(at: 7, pending: .success(row(4)))
        #expect(outcome(held) == .pending(row(4)))
        #expect(outcome(group(at: 2, pending: .success(row(4)))) == .pending(row(4)))
        #expect(outcome(held, isPresent: false, in: trimmed) == .dangling(row(4)))
        #expect(outcome(held, isPresent: nil) == .pending(row(4)))
    }

    @Test("Once it is removed it is lost for a group before it, and nobody knows beyond it")
    func removed() {
        #expect(outcome(group(at: 2), isPresent: false, in: trimmed) == .lost(wasThere: false))
        #expect(outcome(group(at: 7), isPresent: false, in: trimmed) == .passed)
        let deleted = stream(length: 6, first: 1, last: 7, deleted: 4, added: 7)
        #expect(outcome(group(at: 2), isPresent: false, in: deleted) == .lost(wasThere: true))
    }

    @Test("An entry that never was concerns nobody")
    func never() {
        #expect(outcome(group(at: 2), entry: 9, isPresent: false) == EntryOutcome.none)
        let complete = stream(length: 3, first: 1, last: 7, added: 3)
        #expect(outcome(group(at: 7), isPresent: false, in: complete) == EntryOutcome.none)
    }

    @Test("What may not have been added yet is not lost for a group, and for none is it known what became of it")
    func undecided() {
        let bare = StreamObservation(length: 3, counters: nil, countersAreCurrent: false, groups: [])
        #expect(outcome(group(at: 2), isPresent: false, in: bare) == .undecided)
        func unknown(_ groups: GroupEntryLook..., isPresent: Bool = true) -> String? {
            let look = EntryLook(id: id(4), server: redis8, stream: bare, isPresent: isPresent, groups: groups)
            return EntryTrace(look).unknown
        }
        #expect(unknown(group(at: 2), isPresent: false) == "the last ID that the stream has given is not known")
        let denied = group(at: 7, pending: .failure(.noPermission(command: "XPENDING")))
        #expect(unknown(denied, denied) == "this user may not run XPENDING on it")
        #expect(
            unknown(denied, group(at: 7, before: 3))
                == "the group came by while it was looked at; this user may not run XPENDING on it")
        #expect(unknown(denied, group(at: 7)) == nil)
        #expect(unknown() == nil)
    }

    @Test("A group that comes by while it is looked at is asked again, and what may not be asked is not known")
    func unsure() {
        #expect(outcome(group(at: 5, before: 3)) == .moving)
        #expect(outcome(group(at: 5, before: 3, pending: .success(row(4)))) == .pending(row(4)))
        let denied = SampleError.noPermission(command: "XPENDING")
        #expect(outcome(group(at: 5, pending: .failure(denied))) == .unknown(denied))
        #expect(
            outcome(group(at: 3, pending: .failure(denied)), in: stream(length: 2, first: 4, last: 7))
                == .undelivered(EntryPlace(ahead: 0, within: 0...1)))
    }
}
