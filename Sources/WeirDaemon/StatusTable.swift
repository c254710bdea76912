import StreamModel

/// The table of the status page: a row for each group, of what weir knows about it.
enum StatusTable {
    /// Without entries coming in faster than they go, this much time before trimming reaches them is enough.
    private static let shortMarginSeconds = 3_600.0

    /// The page's style knows the first and the fourth, whose names may need a break anywhere, and the eighth, a sentence.
    private static let columns = [
        "stream", "length", "produced/s", "group", "status", "lag", "behind", "outlook", "delivered/s",
        "acknowledged/s",
        "pending", "longest idle", "hold p99", "most deliveries", "consumers",
    ]

    /// `streams` are those of one target that have figures.
    static func render(_ streams: [StreamSnapshot]) -> String {
        let head = columns.map { "<th scope=\"col\">\($0)</th>" }.joined()
        let youngest = streams.compactMap(\.sampleAgeSeconds).min() ?? 0
        let body = streams.map { rows($0, youngest: youngest) }.joined()
        return "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)</tbody>\n</table>\n"
    }

    private static func rows(_ stream: StreamSnapshot, youngest: Double) -> String {
        let figures = stream.figures
        let own = [
            title(stream, youngest: youngest), (figures?.length).map { String($0) } ?? "unknown",
            rate(figures?.producedPerSecond),
        ]
        guard !stream.groups.isEmpty else {
            return row(own + ["no group"] + Array(repeating: "", count: columns.count - own.count - 1))
        }
        return stream.groups.map { group in row(own + cells(group)) }.joined()
    }

    /// The stream's name, how many streams it stands for, and how old its figures are where that is unusual: where
    /// others were sampled since.
    private static func title(_ stream: StreamSnapshot, youngest: Double) -> String {
        var remarks: [String] = []
        if let members = stream.members { remarks.append(members == 1 ? "1 stream" : "\(members) streams") }
        if let age = stream.sampleAgeSeconds, age > youngest + 1 {
            remarks.append("\(FigureText.duration(age)) old")
        }
        return stream.name.text + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: ", ")))")
    }

    private static func cells(_ group: GroupSnapshot) -> [String] {
        [
            group.name.text, group.status.rawValue, lag(group), duration(group.lagSeconds, unknown: "unknown"),
            outlook(group), rate(group.deliveredPerSecond), rate(group.acknowledgedPerSecond),
            group.pending.entries.map { String($0) } ?? "unknown", duration(group.pending.maxIdleSeconds),
            duration(group.hold?.p99Seconds),
            group.pending.maxDeliveries.map { String($0) } ?? "", consumers(group),
        ]
    }

    /// What becomes of what waits, and what was lost.
    private static func outlook(_ group: GroupSnapshot) -> String {
        var remarks: [String] = []
        // Of a group that is well the few entries that wait are on their way.
        if group.isDraining == false, group.status != .ok {
            remarks.append("does not drain")
        } else if let seconds = group.drainSeconds, seconds > 0 {
            remarks.append("drains in \(FigureText.duration(seconds))")
        }
        if let seconds = group.trimMarginSeconds, isShort(seconds, group) {
            let entries = group.trimMarginEntries.map { " (\($0) entries)" } ?? ""
            remarks.append("trimming reaches it in \(FigureText.duration(seconds))\(entries)")
        }
        if let lost = group.entriesLost, lost > 0 { remarks.append("\(lost) lost") }
        return remarks.joined(separator: ", ")
    }

    /// Whether trimming may come before the group is done with what it would take.
    private static func isShort(_ seconds: Double, _ group: GroupSnapshot) -> Bool {
        if group.isDraining == false, seconds < shortMarginSeconds { return true }
        return seconds < max(group.drainSeconds ?? 0, group.hold?.p99Seconds ?? 0)
    }

    /// How many there are, and how many of them are in trouble.
    private static func consumers(_ group: GroupSnapshot) -> String {
        let troubled = [ConsumerStatus.stale, .stuck].compactMap { status in
            group.consumersByStatus[status].map { "\($0) \(status.rawValue)" }
        }
        return ([String(group.consumerCount)] + troubled).joined(separator: ", ")
    }

    private static func lag(_ group: GroupSnapshot) -> String {
        guard let lag = group.lag else { return "unknown" }
        return lag.isExact ? String(lag.entries) : "\(lag.entries) ± \(lag.uncertainty)"
    }

    private static func rate(_ perSecond: Double?) -> String {
        perSecond.map(FigureText.rate) ?? ""
    }

    private static func duration(_ seconds: Double?, unknown: String = "") -> String {
        seconds.map(FigureText.duration) ?? unknown
    }

    private static func row(_ cells: [String]) -> String {
        "<tr>" + cells.map { "<td>\(htmlEscaped($0))</td>" }.joined() + "</tr>\n"
    }
}
