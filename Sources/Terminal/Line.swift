/// A line for a terminal.
package struct Line: Equatable, Sendable {
    package private(set) var spans: [Span]

    package init(_ spans: [Span] = []) {
        self.spans = spans
    }

    package init(_ text: String, _ ink: Ink = .plain) {
        spans = [Span(text, ink)]
    }

    /// In cells.
    package var width: Int { spans.reduce(0) { $0 + $1.width } }

    /// The line in at most so many cells: where it is too long its end gives way to `…`.
    package func cut(to limit: Int) -> Line {
        guard width > limit else { return self }
        var (line, left) = (Line(), max(0, limit - 1))
        for span in spans {
            let taken = span.prefix(left)
            line.spans.append(taken)
            left -= taken.width
            if taken != span { break }
        }
        if limit > 0 { line.spans.append(Span("…")) }
        return line
    }

    /// The line with every `part` of its texts made `other`.
    package func replacing(_ part: String, with other: String) -> Line {
        Line(spans.map { $0.replacing(part, with: other) })
    }

    package func text(inColour: Bool) -> String {
        spans.map { $0.text(inColour: inColour) }.joined()
    }
}
