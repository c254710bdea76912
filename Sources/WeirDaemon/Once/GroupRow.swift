import StreamModel
import Terminal

/// A row of the table of `weir once`: a group, or a stream that has none.
struct GroupRow: Sendable {
    let target: String
    /// The worst that is wrong with it.
    let weight: CheckStatus
    /// All but the target's name.
    private let cells: [Span]
    /// 0 where there is no group.
    private let groups: Int
    private let behindSeconds: Double
    private let pending: Int64

    static func rows(
        of stream: SnapshotDocument.Stream, in target: String, _ weights: GroupWeights
    ) -> [GroupRow] {
        var rows = stream.groups.map { GroupRow($0, of: stream, in: target, weights) }
        for group in stream.vanishedGroups {
            rows.append(GroupRow(group.group, "vanished", .bad, of: stream, in: target, weights))
        }
        if stream.error != nil, rows.isEmpty {
            rows.append(GroupRow(nil, "error", .bad, of: stream, in: target, weights))
        } else if rows.isEmpty {
            rows.append(GroupRow(nil, "no group", .faint, of: stream, in: target, weights))
        }
        return rows
    }

    private init(
        _ group: SnapshotDocument.Group, of stream: SnapshotDocument.Stream, in target: String,
        _ weights: GroupWeights
    ) {
        self.target = target
        weight = weights.weight(of: group.group, in: stream.stream, of: target)
        groups = 1
        behindSeconds = group.lag.seconds ?? 0
        pending = group.pending.entries ?? 0
        let isNew = group.status == GroupStatus.unknown.rawValue
        cells = [
            Span(stream.stream), Span(group.group, weight > .ok ? weight.ink : .plain), Self.status(group.status),
            Span(Self.lag(group.lag)), Span(Self.duration(group.lag.seconds) ?? "?"),
            Span(group.pending.entries.map { "\($0)" } ?? "?"), Span(Self.idle(group.pending)),
            Span(Self.consumers(group)),
            // What was lost shows from one look to the next.
            Span(
                group.entriesLost.map { $0 == 0 && isNew ? "-" : "\($0)" } ?? "?",
                group.entriesLost ?? 0 > 0 ? .bad : .plain),
        ]
    }

    /// A row without figures.
    private init(
        _ group: String?, _ status: String, _ ink: Ink, of stream: SnapshotDocument.Stream, in target: String,
        _ weights: GroupWeights
    ) {
        self.target = target
        weight = weights.weight(of: group, in: stream.stream, of: target)
        groups = group == nil ? 0 : 1
        (behindSeconds, pending) = (0, 0)
        let name = Span(stream.stream, weight > .ok ? weight.ink : .plain)
        cells = [name, Span(group ?? "-"), Span(status, ink)] + Array(repeating: Span(""), count: 6)
    }

    /// The worst first: what is wrong, then what is late, then what holds most.
    static func isWorse(_ left: GroupRow, than right: GroupRow) -> Bool {
        (left.weight, left.groups, left.behindSeconds, left.pending)
            > (right.weight, right.groups, right.behindSeconds, right.pending)
    }

    /// A table of these rows.
    static func table(_ rows: some Sequence<GroupRow>, namesTargets: Bool) -> Table {
        let target = TableColumn("TARGET", leastWidth: 6, expendability: 1)
        return Table(
            namesTargets ? [target] + columns : columns,
            rows: rows.map { namesTargets ? [Span($0.target)] + $0.cells : $0.cells })
    }

    private static let columns = [
        TableColumn("STREAM", leastWidth: 8), TableColumn("GROUP", leastWidth: 6), TableColumn("STATUS"),
        TableColumn("LAG", .right), TableColumn("BEHIND", .right, expendability: 2),
        TableColumn("PENDING", .right, expendability: 3), TableColumn("IDLE", .right, expendability: 4),
        TableColumn("CONSUMERS", expendability: 5), TableColumn("LOST", .right, expendability: 6),
    ]

    /// What a window shows is no trouble before there is one.
    private static func status(_ status: String) -> Span {
        switch GroupStatus(rawValue: status) {
        case .unknown: Span("-", .faint)
        case .ok: Span(status, .good)
        case .lagging, .abandoned: Span(status, .warning)
        case .stalled, .stopped, .losing: Span(status, .bad)
        // A later weir may know more of them.
        case nil: Span(status)
        }
    }

    private static func lag(_ lag: SnapshotDocument.Lag) -> String {
        guard let entries = lag.entries else { return "?" }
        return lag.state == "exact" ? "\(entries)" : "~\(entries)"
    }

    private static func idle(_ pending: SnapshotDocument.Pending) -> String {
        duration(pending.maxIdleSeconds) ?? (pending.entries == 0 ? "-" : "?")
    }

    private static func duration(_ seconds: Double?) -> String? {
        seconds.map { $0 == 0 ? "0" : FigureText.duration($0) }
    }

    /// How many there are, and how many of them are in trouble.
    private static func consumers(_ group: SnapshotDocument.Group) -> String {
        // None is shown where they may not be asked about, too.
        if group.consumers.isEmpty, group.consumersNotShown == 0, group.error != nil { return "?" }
        let troubled = [ConsumerStatus.stale, .stuck].compactMap { status in
            let count = group.consumers.count { $0.status == status.rawValue }
            return count == 0 ? nil : "\(count) \(status.rawValue)"
        }
        return (["\(group.consumers.count + group.consumersNotShown)"] + troubled).joined(separator: ", ")
    }
}
