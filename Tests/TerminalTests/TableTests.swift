import Terminal
import Testing

@Suite("A table")
struct TableTests {
    private static let table = Table(
        [
            TableColumn("STREAM", leastWidth: 5), TableColumn("GROUP", leastWidth: 5), TableColumn("LAG", .right),
            TableColumn("NOTE", expendability: 1), TableColumn("LOST", .right, expendability: 2),
        ],
        rows: [
            ["orders", "shippers-of-europe", "7", "", "0"].map { Span($0) },
            ["日本語日本語", "g", "12345", "2, 1 stale", "-"].map { Span($0) },
        ])

    private func text(_ width: Int?) -> [String] {
        Self.table.lines(width: width).map { $0.text(inColour: false) }
    }

    @Test("has room for everything where there is no limit, and no blanks at the ends of lines")
    func unlimited() {
        #expect(
            text(nil) == [
                "STREAM        GROUP                 LAG  NOTE        LOST",
                "orders        shippers-of-europe      7                 0",
                "日本語日本語  g                   12345  2, 1 stale     -",
            ])
        #expect(text(57) == text(nil))
    }

    @Test("shortens the longest texts, and those no more than it must")
    func shortened() {
        #expect(
            text(50) == [
                "STREAM        GROUP          LAG  NOTE        LOST",
                "orders        shipp…urope      7                 0",
                "日本語日本語  g            12345  2, 1 stale     -",
            ])
    }

    @Test("leaves columns out where shortening is not enough, the most expendable first")
    func narrow() {
        #expect(text(34)[0].split(separator: " ") == ["STREAM", "GROUP", "LAG", "NOTE"])
        #expect(text(19)[0] == "ST…AM  GROUP    LAG")
    }

    @Test("is never wider than asked, as long as what it must have fits", arguments: 19...80)
    func bounded(width: Int) {
        for line in text(width) { #expect(CellWidth.of(line) <= width) }
    }
}
