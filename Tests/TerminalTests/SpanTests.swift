import Terminal
import Testing

@Suite("A piece of a line")
struct SpanTests {
    @Test(
        "is shortened in its middle, and never wider than asked",
        arguments: [
            ("orders", 6, "orders"), ("orders", 5, "or…rs"), ("orders", 4, "or…s"), ("orders", 2, "o…"),
            ("orders", 1, "…"),
            ("orders", 0, ""), ("日本語日本語", 12, "日本語日本語"), ("日本語日本語", 11, "日本語…本語"), ("日本語日本語", 6, "日…語"),
            ("日本語日本語", 4, "日…"), ("e\u{301}e\u{301}e\u{301}e\u{301}", 3, "e\u{301}…e\u{301}"),
        ])
    func shortened(text: String, cells: Int, shown: String) {
        let span = Span(text).shortened(to: cells)
        #expect(span.text == shown)
        #expect(span.width <= cells)
    }

    @Test("is safe whatever it was made from")
    func safe() {
        #expect(Span("\u{1b}]0;x\u{7}").text == "\\x1b]0;x\\x07")
    }

    @Test("has colour only where that is wanted")
    func colour() {
        let line = Line([Span("a", .bad), Span("b"), Span("", .good)])
        #expect(line.text(inColour: true) == "\u{1b}[31ma\u{1b}[0mb")
        #expect(line.text(inColour: false) == "ab")
    }

    @Test(
        "is part of a line that is cut at its end",
        arguments: [(6, "abcdef"), (5, "abcd…"), (4, "abc…"), (3, "ab…"), (1, "…"), (0, "")])
    func cut(cells: Int, shown: String) {
        let line = Line([Span("abc", .bad), Span("def")]).cut(to: cells)
        #expect(line.text(inColour: false) == shown)
        #expect(line.width <= cells)
    }
}
