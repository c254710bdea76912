import StreamModel
import Testing

@Suite("A name on redis-cli's command line")
struct NameCommandLineTests {
    @Test(
        "is plain where it can be, and quoted as redis-cli reads it where not",
        arguments: [
            (Array("orders:{eu}:1".utf8), "orders:{eu}:1"), (Array("my stream".utf8), "\"my stream\""),
            ([], "\"\""), ([0x71, 0xff], "\"q\\xff\""), (Array("a\"b\\c'd".utf8), "\"a\\\"b\\\\c'd\""),
            ([0x0a, 0x00, 0x09], "\"\\x0a\\x00\\x09\""), (Array("é".utf8), "\"\\xc3\\xa9\""),
        ] as [([UInt8], String)])
    func quoted(bytes: [UInt8], text: String) {
        #expect(Name(bytes).quoted == text)
    }
}
