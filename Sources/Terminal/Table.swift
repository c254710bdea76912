/// A table that fits itself to the width of a terminal.
package struct Table: Equatable, Sendable {
    private static let gap = 2

    private let columns: [TableColumn]
    /// As many spans each as there are columns.
    private let rows: [[Span]]

    package init(_ columns: [TableColumn], rows: [[Span]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The table with every `part` of the texts in its rows made `other`.
    package func replacing(_ part: String, with other: String) -> Table {
        Table(columns, rows: rows.map { row in row.map { $0.replacing(part, with: other) } })
    }

    /// The titles and the rows.
    ///
    /// Where `width` is too small, long texts are shortened, the longest first, then columns left out. Nil: there is room
    /// for all.
    package func lines(width: Int?) -> [Line] {
        let titles = columns.map { Span($0.title, .strong) }
        let natural = columns.indices.map { column in
            rows.reduce(titles[column].width) { max($0, $1[column].width) }
        }
        var shown = Array(columns.indices)
        var widths = natural
        if let width {
            shown = columnsThatFit(width, natural)
            widths = fitted(shown, to: width - Self.gap * (shown.count - 1), natural)
        }
        return ([titles] + rows).map { line($0, shown, widths) }
    }

    private func columnsThatFit(_ width: Int, _ natural: [Int]) -> [Int] {
        var shown = Array(columns.indices)
        while shown.reduce(Self.gap * (shown.count - 1), { $0 + least($1, natural) }) > width {
            let expendable = shown.filter { columns[$0].expendability != nil }
            guard let next = expendable.max(by: { columns[$0].expendability ?? 0 < columns[$1].expendability ?? 0 })
            else { break }
            shown.removeAll { $0 == next }
        }
        return shown
    }

    private func least(_ column: Int, _ natural: [Int]) -> Int {
        columns[column].leastWidth.map { min($0, natural[column]) } ?? natural[column]
    }

    /// The widths that together take at most `room`: as few are shortened as can be, and those to the same width.
    private func fitted(_ shown: [Int], to room: Int, _ natural: [Int]) -> [Int] {
        func width(_ column: Int, cap: Int) -> Int { max(least(column, natural), min(natural[column], cap)) }
        func total(cap: Int) -> Int { shown.reduce(0) { $0 + width($1, cap: cap) } }
        if shown.reduce(0, { $0 + natural[$1] }) <= room { return natural }
        var cap = max(0, room)
        while cap > 0, total(cap: cap) > room { cap -= 1 }
        var spare = room - total(cap: cap)
        return columns.indices.map { column in
            let fitted = width(column, cap: cap)
            guard spare > 0, fitted < natural[column], shown.contains(column) else { return fitted }
            spare -= 1
            return fitted + 1
        }
    }

    private func line(_ row: [Span], _ shown: [Int], _ widths: [Int]) -> Line {
        var spans: [Span] = []
        // Nothing is padded at the end of a line.
        var padding = 0
        for column in shown {
            let span = row[column].shortened(to: widths[column])
            let rest = max(0, widths[column] - span.width)
            if columns[column].alignment == .right { padding += rest }
            if span.width > 0 {
                if padding > 0 { spans.append(Span(String(repeating: " ", count: padding))) }
                spans.append(span)
                padding = 0
            }
            padding += Self.gap + (columns[column].alignment == .left ? rest : 0)
        }
        return Line(spans)
    }
}
