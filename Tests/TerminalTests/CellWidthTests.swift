import Terminal
import Testing

@Suite("The cells that a text takes")
struct CellWidthTests {
    @Test(
        "are those that terminals give it",
        arguments: [
            ("", 0), ("orders", 6), ("é", 1), ("e\u{301}", 1), ("e\u{301}\u{302}\u{303}", 1), ("Ω", 1), ("…", 1),
            ("日本語", 6), ("ｶﾅ", 2), ("한국", 4), ("\u{1112}\u{1161}\u{11ab}", 2), ("Ａ", 2), ("𠀀", 2), ("क्षि", 3),
            ("🚀", 2), ("❤", 1), ("❤️", 2), ("1️⃣", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("🇩", 1), ("★", 1), ("⌚", 2),
            ("a日b🚀", 6), ("א", 1),
        ])
    func width(text: String, cells: Int) {
        #expect(CellWidth.of(text) == cells)
    }
}
