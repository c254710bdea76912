import Terminal
import Testing

@Suite("Text from outside")
struct VisibleTextTests {
    @Test(
        "shows what would do something to the terminal, or to the eye, as the bytes that it is",
        arguments: [
            ("\u{1b}[31mred", "\\x1b[31mred"), ("\u{9b}2J", "\\xc2\\x9b2J"), ("a\nb\tc\r", "a\\x0ab\\x09c\\x0d"),
            ("\u{7f}", "\\x7f"), ("\u{0}", "\\x00"), ("\u{202e}gpj.exe", "\\xe2\\x80\\xaegpj.exe"),
            ("a\u{200d}b", "a\\xe2\\x80\\x8db"), ("a\u{200b}", "a\\xe2\\x80\\x8b"), ("a\u{fe0f}", "a\\xef\\xb8\\x8f"),
            ("\u{2028}", "\\xe2\\x80\\xa8"), ("\u{e000}", "\\xee\\x80\\x80"), ("\u{ad}", "\\xc2\\xad"),
            ("\u{3164}", "\\xe3\\x85\\xa4"), ("\u{61c}", "\\xd8\\x9c"), ("1\u{200d}2", "1\\xe2\\x80\\x8d2"),
        ])
    func escaped(text: String, shown: String) {
        #expect(VisibleText.escaping(text) == shown)
    }

    @Test(
        "stays what it is where it is text", arguments: ["orders", "\\x1b", "é", "日本", "👩‍👩‍👧", "❤️", "1️⃣", "👍🏽", "🇩🇪", "שלום"])
    func kept(text: String) {
        #expect(VisibleText.escaping(text) == text)
    }

    @Test("holds no control character, whatever it was")
    func noControls() {
        for value in UInt32(0)...0x2100 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = VisibleText.escaping("a\(Character(scalar))b").unicodeScalars
            #expect(!shown.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }, "\(value)")
        }
    }
}
