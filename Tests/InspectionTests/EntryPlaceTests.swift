import Inspection
import StreamModel
import Testing

@Suite("How many entries come before one, and how soon that is")
struct EntryPlaceTests {
    private let hundred = stream(length: 100, first: 1_001, last: 1_100, added: 100)

    private func trace(
        _ group: GroupEntryLook, entry: UInt64 = 1_060, later: EntryCount? = nil, in stream: StreamObservation,
        on server: ServerIdentity = redis8
    ) -> EntryTrace {
        EntryTrace(
            EntryLook(id: id(entry), server: server, stream: stream, isPresent: true, later: later, groups: [group]))
    }

    private func place(_ trace: EntryTrace) -> EntryPlace? {
        guard case .undelivered(let place)? = trace.groups.first?.outcome else { return nil }
        return place
    }

    @Test("Counted from the group to the entry it is exact")
    func counted() {
        let waiting = EntryCount(id: id(1_060), count: 60, isComplete: true)
        #expect(place(trace(group(at: 1_000, waiting: waiting), in: hundred)) == .exactly(59))
    }

    @Test("So it is counted from the entry to the end, where the lag is known")
    func countedBackwards() {
        let later = EntryCount(id: id(1_060), count: 40, isComplete: true)
        let waiting = EntryCount(id: id(1_060), count: 10, isComplete: false)
        let behindAll = group(at: 1_000, waiting: waiting)
        #expect(place(trace(behindAll, later: later, in: hundred)) == .exactly(59))
        #expect(place(trace(group(at: 1_010, lag: 90, waiting: waiting), later: later, in: hundred)) == .exactly(49))
    }

    @Test("Else it lies between what was counted and what can be, by the clocks of the IDs")
    func estimated() {
        let waiting = EntryCount(id: id(1_060), count: 10, isComplete: false)
        let later = EntryCount(id: id(1_060), count: 20, isComplete: false)
        let found = place(trace(group(at: 1_010, lag: nil, waiting: waiting), later: later, in: hundred))
        #expect(found?.bounds == 10...79)
        #expect(found?.ahead.map { (40...60).contains($0) } == true)
        #expect(found?.isExact == false)
    }

    @Test("Without the stream's IDs, at most")
    func bare() {
        let stream = StreamObservation(length: 100, counters: nil, countersAreCurrent: false, groups: [])
        #expect(place(trace(group(at: 1_010), in: stream)) == EntryPlace(ahead: nil, within: 0...99))
    }

    private func pace(_ before: GroupEntryLook, _ after: GroupEntryLook, first: UInt64 = 1_001) -> GroupTrace? {
        func look(_ group: GroupEntryLook) -> EntryLook {
            EntryLook(
                id: id(1_060), server: redis6, stream: stream(length: 100, first: first, last: 1_100), isPresent: true,
                groups: [group])
        }
        return EntryTrace(look(after), after: (look(before), 2)).groups.first
    }

    @Test("Its turn comes at the pace that two looks show")
    func expected() {
        func counted(_ count: Int64) -> EntryCount { EntryCount(id: id(1_060), count: count, isComplete: true) }
        let read = pace(
            group(at: 1_010, read: 10, waiting: counted(50)), group(at: 1_020, read: 20, waiting: counted(40)))
        #expect(read?.pace == .perSecond(5))
        #expect(read?.expectedSeconds == 8)
        let uncounted = pace(group(at: 1_010, waiting: counted(50)), group(at: 1_020, waiting: counted(40)))
        #expect(uncounted?.pace == .perSecond(5))
        let still = pace(group(at: 1_010, waiting: counted(50)), group(at: 1_010, waiting: counted(50)))
        #expect(still?.pace == .still)
        #expect(still?.expectedSeconds == nil)
    }

    @Test("There is no pace where a group jumps: over what was trimmed, or by SETID")
    func jumps() {
        #expect(pace(group(at: 1_010, read: 10), group(at: 1_020, read: 20), first: 1_015)?.pace == .unknown)
        #expect(pace(group(at: 1_010, read: 10), group(at: 1_005, read: 5))?.pace == .unknown)
        #expect(pace(group(at: 1_010), group(at: 1_020))?.pace == .unknown)
    }
}
