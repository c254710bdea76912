import Inspection
import StreamModel
import Testing

@Suite("Which entry is meant")
struct EntryReferenceTests {
    @Test(
        "is an ID, or the milliseconds of one",
        arguments: [
            ("17-3", .one(StreamID(milliseconds: 17, sequence: 3))), ("17", .millisecond(17)), ("0", .millisecond(0)),
            ("18446744073709551615-18446744073709551615", .one(StreamID(milliseconds: .max, sequence: .max))),
            ("0-1", .one(StreamID(milliseconds: 0, sequence: 1))),
        ] as [(String, EntryReference)])
    func good(text: String, expected: EntryReference) {
        #expect(EntryReference(text) == expected)
    }

    @Test(
        "is nothing else",
        arguments: ["", "-", "17-", "-3", "17-*", "*", "+", "$", "0-0", "17 ", "1-2-3", "18446744073709551616", "+1"])
    func bad(text: String) {
        #expect(EntryReference(text) == nil)
    }
}
