import StreamModel
import Testing

@Suite("Text for a terminal")
struct TerminalTextTests {
    @Test(
        "shows what a terminal would obey, and leaves the rest",
        arguments: [
            ("orders:7", "orders:7"), ("größe 订单 😀", "größe 订单 😀"), ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\r\nb\t", "a\\u{d}\\u{a}b\\u{9}"), ("\u{7f}", "\\u{7f}"), ("\u{9b}2J", "\\u{9b}2J"),
            ("a\u{202e}b\u{2066}", "a\\u{202e}b\\u{2066}"), ("\u{200b}\u{feff}", "\\u{200b}\\u{feff}"),
            ("\u{2028}", "\\u{2028}"), ("", ""),
        ])
    func text(given: String, expected: String) {
        #expect(given.terminalText == expected)
    }

    @Test("of a name that is no text shows its bytes")
    func name() {
        #expect(Name([0x61, 0xff, 0x1b]).terminalText == "a\\xff\\u{1b}")
    }
}
