/// How many cells a terminal has.
package struct TerminalSize: Equatable, Sendable {
    package var columns: Int
    package var rows: Int

    /// What is meant where a terminal does not tell.
    package static let usual = TerminalSize(columns: 80, rows: 24)

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// `told`: what the terminal says, 0 where it does not know; then the variables COLUMNS and LINES count.
    package init(told: TerminalSize, environment: [String: String]) {
        func given(_ name: String) -> Int? { environment[name].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
        columns = told.columns > 0 ? told.columns : given("COLUMNS") ?? Self.usual.columns
        rows = told.rows > 0 ? told.rows : given("LINES") ?? Self.usual.rows
    }
}
