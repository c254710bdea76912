import StreamModel
import Terminal

extension Report {
    /// Alerts that a terminal shows: whoever has so many to read knows that all is wrong.
    private static let alertsAtOnce = 20

    /// From the summary to the last row; `width`: of the terminal, nil where it is none: then there is no limit, and a
    /// monitoring system may read it.
    func lines(width: Int?) -> [Line] {
        var lines = [summary]
        lines += Self.fitted(troubleLines, to: width == nil ? .max : Self.alertsAtOnce, "alerts")
        for (target, rows) in zip(targets, rows) {
            lines.append(Line())
            lines += target.nodeLines
            guard !rows.isEmpty else { continue }
            let table = GroupRow.table(rows, namesTargets: false)
            // Before the columns have their widths.
            lines += (width == nil ? table.replacing(Self.bar.text, with: Self.bar.shown) : table).lines(width: width)
        }
        return width == nil ? lines.map { $0.replacing(Self.bar.text, with: Self.bar.shown) } : lines
    }

    /// As much of it as there is room for in `size`, the worst of everything first; `foot` is its last line.
    func page(_ size: TerminalSize, foot: Line) -> [Line] {
        var lines = [summary]
        // The summary and the last line are there in any case.
        var room = size.rows - 2
        func add(_ more: [Line], atMost limit: Int, _ what: String) {
            let shown = Self.fitted(more, to: min(limit, room), what)
            lines += shown
            room -= shown.count
        }
        add(troubleLines, atMost: max(2, room / 3), "alerts")
        add(targets.flatMap(\.nodeLines), atMost: max(1, room / 3), "servers")
        add([Line()], atMost: room > 4 ? 1 : 0, "")
        let worst = rows.joined().enumerated().sorted { left, right in
            if GroupRow.isWorse(left.element, than: right.element) { return true }
            return !GroupRow.isWorse(right.element, than: left.element) && left.offset < right.offset
        }
        // One line is the titles'.
        if room > 1, !worst.isEmpty {
            let isWhole = worst.count < room
            let shown = worst.prefix(isWhole ? room - 1 : room - 2).map(\.element)
            lines += GroupRow.table(shown, namesTargets: namesTargets).lines(width: size.columns)
            if !isWhole { lines.append(Line("and \(worst.count - shown.count) more groups", .faint)) }
        }
        return lines + [foot]
    }

    private static func fitted(_ lines: [Line], to room: Int, _ what: String) -> [Line] {
        if lines.count <= room { return lines }
        guard room > 0 else { return [] }
        return lines.prefix(room - 1) + [Line("and \(lines.count - room + 1) more \(what)", .faint)]
    }
}

extension SnapshotDocument.Target {
    /// A line for each of its servers.
    fileprivate var nodeLines: [Line] {
        nodes.map { node in
            let place = node.node == name ? "" : nodes.count == 1 ? " (\(node.node))" : ", \(node.node)"
            return Line([Span(name, .strong), Span("\(place): "), node.state])
        }
    }
}

extension SnapshotDocument.Node {
    fileprivate var state: Span {
        guard up else { return Span("cannot be read\(error.map { ": \($0)" } ?? "")", .bad) }
        let server = kind.map { "\($0) \(version ?? "of unknown version")" } ?? "unknown server"
        let limit = memory.maxBytes.map { $0 == 0 ? ", no limit" : " of \(FigureText.megabytes($0))" } ?? ""
        let used = memory.usedBytes.map { "\(FigureText.megabytes($0))\(limit)" }
        return Span([server, role, used].compactMap(\.self).joined(separator: ", "))
    }
}
