import StreamModel
import Testing

@Suite("An entry's ID")
struct StreamIDTests {
    @Test(
        "is read as Redis writes it",
        arguments: [
            ("0-0", StreamID.zero),
            ("1526919030474-55", StreamID(milliseconds: 1_526_919_030_474, sequence: 55)),
            ("18446744073709551615-18446744073709551615", StreamID(milliseconds: .max, sequence: .max)),
            ("007-1", StreamID(milliseconds: 7, sequence: 1)),
        ])
    func parses(text: String, id: StreamID) {
        #expect(StreamID(Array(text.utf8)) == id)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "-", "1", "1-", "-1", "1-2-3", "a-1", "1-b", " 1-1", "1-1 ", "1.0-1", "18446744073709551616-0",
            "0-18446744073709551616", "$", "+5-1", "5-+1", "1--0", "-0-1", "１-1",
        ])
    func refuses(text: String) {
        #expect(StreamID(Array(text.utf8)) == nil)
    }

    @Test("comes after those with a lower time, and after those of its own time with a lower sequence")
    func order() {
        let ascending = [
            StreamID.zero, StreamID(milliseconds: 0, sequence: 1), StreamID(milliseconds: 0, sequence: .max),
            StreamID(milliseconds: 1, sequence: 0), StreamID(milliseconds: .max, sequence: 0),
        ]
        #expect(ascending.shuffled().sorted() == ascending)
        #expect(!(StreamID.zero < StreamID.zero))
    }

    @Test("is printed as it was read")
    func description() {
        #expect(StreamID(milliseconds: 1_526_919_030_474, sequence: 55).description == "1526919030474-55")
    }
}
