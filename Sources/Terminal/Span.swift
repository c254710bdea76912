/// A piece of text of one look, safe for a terminal whatever it was made from.
package struct Span: Equatable, Sendable {
    package let text: String
    package let ink: Ink

    package init(_ text: String, _ ink: Ink = .plain) {
        self.init(shown: VisibleText.escaping(text), ink)
    }

    private init(shown text: String, _ ink: Ink) {
        self.text = text
        self.ink = ink
    }

    /// In cells.
    package var width: Int { CellWidth.of(text) }

    /// The span in at most so many cells: where it is too long its middle gives way to `…`, as the ends of names tell
    /// most.
    package func shortened(to limit: Int) -> Span {
        guard width > limit else { return self }
        guard limit > 1 else { return Span(shown: limit == 1 ? "…" : "", ink) }
        let tail = Self.prefix(text.reversed(), (limit - 1) / 2)
        let head = Self.prefix(text, limit - 1 - tail.width)
        return Span(shown: String(head.characters) + "…" + String(tail.characters.reversed()), ink)
    }

    /// The span with every `part` of its text made `other`.
    package func replacing(_ part: String, with other: String) -> Span {
        Span(text.replacing(part, with: other), ink)
    }

    /// Its beginning, in at most so many cells.
    func prefix(_ limit: Int) -> Span {
        Span(shown: String(Self.prefix(text, limit).characters), ink)
    }

    func text(inColour: Bool) -> String {
        guard inColour, let code = ink.code, !text.isEmpty else { return text }
        return "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }

    private static func prefix(
        _ characters: some Sequence<Character>, _ limit: Int
    ) -> (characters: [Character], width: Int) {
        var (taken, width): ([Character], Int) = ([], 0)
        for character in characters {
            let next = width + CellWidth.of(character)
            if next > limit { break }
            taken.append(character)
            width = next
        }
        return (taken, width)
    }
}
