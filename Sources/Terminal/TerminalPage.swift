/// A page that changes in place: the bytes that a terminal is sent for it.
package enum TerminalPage {
    /// Puts what the terminal shows aside, with its cursor; lines that are too long after all do not wrap.
    package static let enter = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l"
    /// Brings it back.
    package static let leave = "\u{1b}[0m\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l"

    /// The lines in place of all that the page showed before, as far as there is room.
    package static func frame(_ lines: [Line], size: TerminalSize, inColour: Bool) -> String {
        // A line is cleared before it is written: behind its last cell, the cursor stands on that.
        let shown = lines.prefix(size.rows).map { "\u{1b}[2K" + $0.cut(to: size.columns).text(inColour: inColour) }
        let rest = shown.count < size.rows ? "\r\n\u{1b}[J" : ""
        return "\u{1b}[H" + shown.joined(separator: "\r\n") + rest
    }
}
