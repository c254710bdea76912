extension String {
    /// The text as a receiver takes it, in at most `limit` UTF-16 code units; where something had to be cut off, it ends in
    /// `…`.
    ///
    /// No receiver counts a text as longer than that. Neither a character nor its escape is taken in part.
    func clipped(to limit: Int, _ escaped: (Unicode.Scalar) -> String = \.visible) -> String {
        guard limit > 0 else { return "" }
        var output = ""
        var (length, bytesBeforeEllipsis) = (0, 0)
        for character in self {
            let piece = character.unicodeScalars.map(escaped).joined()
            length += piece.utf16.count
            guard length <= limit else {
                return String(decoding: output.utf8.prefix(bytesBeforeEllipsis), as: UTF8.self) + "…"
            }
            output += piece
            if length < limit { bytesBeforeEllipsis = output.utf8.count }
        }
        return output
    }
}

extension Unicode.Scalar {
    /// Itself, unless it is a control character: those are nothing that a terminal or a page should have to obey.
    var visible: String {
        switch self {
        case "\n", "\t": String(self)
        case _ where properties.generalCategory == .control: "\u{FFFD}"
        default: String(self)
        }
    }
}
