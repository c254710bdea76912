import Terminal
import Testing

@Suite("A page on a terminal")
struct TerminalPageTests {
    private static let lines = [Line("first", .bad), Line("a line that is long"), Line("third"), Line("fourth")]

    @Test("takes the place of what was there, and does not scroll")
    func frame() {
        let frame = TerminalPage.frame(Self.lines, size: TerminalSize(columns: 10, rows: 3), inColour: false)
        #expect(frame == "\u{1b}[H\u{1b}[2Kfirst\r\n\u{1b}[2Ka line th…\r\n\u{1b}[2Kthird")
    }

    @Test("clears what is below it")
    func below() {
        let frame = TerminalPage.frame(Self.lines, size: TerminalSize(columns: 80, rows: 9), inColour: true)
        #expect(frame.hasPrefix("\u{1b}[H\u{1b}[2K\u{1b}[31mfirst\u{1b}[0m\r\n"))
        #expect(frame.hasSuffix("fourth\r\n\u{1b}[J"))
    }

    @Test(
        "has the terminal's size, else what the environment says, else the usual one",
        arguments: [
            (TerminalSize(columns: 100, rows: 30), [:], TerminalSize(columns: 100, rows: 30)),
            (TerminalSize(columns: 0, rows: 0), [:], TerminalSize(columns: 80, rows: 24)),
            (
                TerminalSize(columns: 0, rows: 0), ["COLUMNS": "132", "LINES": "50"],
                TerminalSize(columns: 132, rows: 50)
            ),
            (TerminalSize(columns: 0, rows: 9), ["COLUMNS": "-1", "LINES": "x"], TerminalSize(columns: 80, rows: 9)),
        ] as [(TerminalSize, [String: String], TerminalSize)])
    func size(told: TerminalSize, environment: [String: String], size: TerminalSize) {
        #expect(TerminalSize(told: told, environment: environment) == size)
    }

    @Test(
        "has colour on a terminal that is not dumb, unless NO_COLOR is set",
        arguments: [
            (true, ["TERM": "xterm"], true, true), (true, [:], true, true), (true, ["NO_COLOR": ""], true, true),
            (true, ["NO_COLOR": "1"], true, false), (true, ["TERM": "dumb"], false, false),
            (false, ["TERM": "xterm"], false, false),
        ] as [(Bool, [String: String], Bool, Bool)])
    func ability(isTerminal: Bool, environment: [String: String], movesCursor: Bool, hasColour: Bool) {
        let ability = TerminalAbility(isTerminal: isTerminal, environment: environment)
        #expect(ability.movesCursor == movesCursor)
        #expect(ability.hasColour == hasColour)
    }
}
