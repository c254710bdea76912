import Inspection
import StreamModel
import Testing

@Suite("A trace in words")
struct EntryTraceTextTests {
    private func lines(
        _ groups: GroupEntryLook..., isPresent: Bool = true, in seen: StreamObservation? = nil,
        entry: StreamID = StreamID(milliseconds: 1_700_000_040_000, sequence: 2)
    ) -> [String] {
        let stream = seen ?? stream(length: 7, first: 1, last: 1_700_000_090_000, added: 9)
        let look = EntryLook(
            id: entry, server: redis8, serverTime: now, stream: stream, isPresent: isPresent, groups: groups)
        return EntryTrace(look).lines(stream: Name("orders\u{1b}[2J"), node: "redis:6379", target: "shop\n")
    }

    @Test("names the entry, where it is, and when it was added; nothing that a terminal obeys")
    func entry() {
        let lines = lines(group("g\u{202e}", at: 1))
        #expect(lines[0] == "1700000040000-2 of the stream orders\\x1b[2J, on redis:6379 (target shop\\x0a)")
        #expect(lines[1] == "It is in the stream, added 60 s ago (2023-11-14 22:14:00 UTC by its ID).")
        #expect(lines[2].hasPrefix("Group g\\xe2\\x80\\xae: undelivered."))
    }

    @Test(
        "says how many entries come before it, as far as that is known",
        arguments: [
            (EntryPlace.exactly(0), "It is the next."), (.exactly(1), "1 entry comes before it."),
            (.exactly(7), "7 entries come before it."),
            (EntryPlace(ahead: 40, within: 10...79), "About 40 entries come before it (10 to 79)."),
            (EntryPlace(ahead: 5, within: 0...5), "At most 5 entries come before it."),
            (EntryPlace(ahead: 0, within: 0...1), "At most 1 entry comes before it."),
            (EntryPlace(ahead: 5, within: 3...5), "3 to 5 entries come before it."),
        ] as [(EntryPlace, String)])
    func place(place: EntryPlace, text: String) {
        #expect(place.sentence == text)
    }

    @Test("says who has it, since when, how often")
    func pending() {
        let entry = StreamID(milliseconds: 5, sequence: 0)
        let held = lines(group(at: 9, pending: .success(row(5))), entry: entry)
        #expect(
            held[2]
                == "Group g: pending, delivered 2 times, last to c 60 s ago (2023-11-14 22:14:00 UTC).")
        let nacked = lines(group(at: 9, pending: .success(row(5, consumer: nil, deliveries: .max))), entry: entry)
        #expect(nacked[2] == "Group g: pending, given back (XNACK) and nobody's, given up as fatal.")
    }

    @Test("says once what done may also be")
    func done() {
        let lines = lines(group("a", at: 9), group("b", at: 9), entry: StreamID(milliseconds: 5, sequence: 0))
        #expect(lines[2] == "Group a: done: not pending, and the group is beyond it.")
        #expect(lines.count == 5)
        #expect(lines[4].contains("NOACK"))
    }

    @Test(
        "says why it is not there, as far as Redis tells",
        arguments: [
            (5, stream(length: 2, first: 6, last: 7, added: 9), "it was trimmed, or was never there."),
            (5, stream(length: 2, first: 6, last: 7, deleted: 5, added: 9), "any more: it was trimmed or deleted."),
            (5, stream(length: 3, first: 4, last: 7, deleted: 6, added: 9), "it was deleted, or was never there."),
            (5, stream(length: 3, first: 4, last: 7, added: 3), "It was never in the stream"),
            (8, stream(length: 3, first: 4, last: 7, added: 3), "the last ID that the stream has given is 7-0"),
        ] as [(UInt64, StreamObservation, String)])
    func absent(entry: UInt64, stream: StreamObservation, text: String) {
        let lines = lines(isPresent: false, in: stream, entry: id(entry))
        #expect(lines[1].contains(text), "\(lines[1])")
        #expect(lines[2] == "The stream has no groups.")
    }
}
