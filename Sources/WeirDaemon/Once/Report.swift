import Alerting
import Terminal

/// What a look comes to: how it stands, what is wrong, and a row for each group.
struct Report: Sendable {
    let status: CheckStatus
    /// The worst first; after what counts comes what does not.
    let troubles: [Trouble]
    let targets: [SnapshotDocument.Target]
    /// By target and name.
    let rows: [[GroupRow]]

    init(_ look: Look) {
        let targets = look.snapshot.targets
        let alerts = look.alerts.alerts.compactMap(Trouble.init)
        var troubles = alerts.filter { alert in
            // That the target cannot be read at all says it.
            !(alert.rule == AlertRule.redisDown.rawValue && targets.contains { $0.name == alert.target && !$0.up })
        }
        for target in targets { troubles += target.troubles(beside: alerts) }
        troubles += look.shortfalls.map { Trouble(.warning, $0) }
        if targets.isEmpty { troubles.append(Trouble(.unknown, "no target has been looked at yet")) }
        self.init(troubles, targets)
    }

    /// Nothing could be seen.
    init(_ error: LookError) {
        self.init([Trouble(.unknown, "\(error)")], [])
    }

    private init(_ troubles: [Trouble], _ targets: [SnapshotDocument.Target]) {
        self.troubles = troubles.enumerated().sorted { left, right in
            let (worse, other) = (left.element, right.element)
            return (worse.weight, worse.status, right.offset) > (other.weight, other.status, left.offset)
        }.map(\.element)
        self.targets = targets
        status = self.troubles.first?.weight ?? .ok
        let weights = GroupWeights(troubles)
        rows = targets.map { target in
            target.streams.flatMap { GroupRow.rows(of: $0, in: target.name, weights) }
        }
    }

    /// One line, which a monitoring system shows and the eye finds: `WARNING: 1 warning in 3 groups of 2 streams: …`.
    var summary: Line {
        Line([Span(status.word.uppercased(), status.ink), Span(": " + Self.withoutBars(summaryText))])
    }

    /// What comes after a bar, in any line, is taken for measurements by Nagios.
    static let bar = (text: "|", shown: "\\x7c")

    static func withoutBars(_ text: String) -> String { text.replacing(bar.text, with: bar.shown) }

    var namesTargets: Bool { targets.count > 1 }

    /// A line for each of the troubles, unless the summary has said it all.
    var troubleLines: [Line] {
        if troubles.count == 1, troubles[0].counts { return [] }
        return troubles.map { $0.line(namesTarget: namesTargets) }
    }

    private var summaryText: String {
        let streams = targets.reduce(0) { $0 + $1.streams.count }
        let groups = targets.reduce(0) { $0 + $1.streams.reduce(0) { $0 + $1.groups.count } }
        let size =
            "\(counted(Int64(groups), "group", "groups")) of \(counted(Int64(streams), "stream", "streams"))"
        guard let worst = troubles.first, worst.counts else { return "\(size), nothing is wrong" }
        let sentence = worst.sentence(namesTarget: namesTargets)
        let critical = troubles.count { $0.weight == .critical }
        let warnings = troubles.count { $0.weight == .warning }
        let counts = [
            critical > 0 ? "\(critical) critical" : nil,
            warnings > 0 ? counted(Int64(warnings), "warning", "warnings") : nil,
        ].compactMap(\.self).joined(separator: ", ")
        guard status == .unknown else { return "\(counts) in \(size): \(sentence)" }
        return counts.isEmpty ? sentence : "\(sentence) (and \(counts))"
    }
}

extension SnapshotDocument.Target {
    /// What is wrong beside what the rules say.
    fileprivate func troubles(beside alerts: [Trouble]) -> [Trouble] {
        let own = alerts.filter { $0.target == name }
        let reason = error.map { ": \($0)" } ?? ""
        guard up else { return [Trouble(.unknown, "\(name) cannot be read\(reason)", target: name)] }
        var troubles: [Trouble] = []
        if error != nil, !own.contains(where: { $0.rule == AlertRule.redisDown.rawValue }) {
            troubles.append(Trouble(.warning, "Not all of \(name) can be seen\(reason)", target: name))
        }
        let down = Set(nodes.filter { !$0.up }.map(\.node))
        let told = Set(own.filter { $0.rule == AlertRule.sampleStale.rawValue }.compactMap(\.stream))
        for stream in streams {
            if let error = stream.error, !down.contains(stream.node), !told.contains(stream.stream) {
                let what = "Stream \(stream.stream) of \(name) cannot be read: \(error)"
                troubles.append(Trouble(.warning, what, target: name, stream: stream.stream))
            }
            for group in stream.groups {
                guard let error = group.error else { continue }
                let what =
                    "Group \(group.group) of stream \(stream.stream) of \(name) cannot be read as a whole: \(error)"
                troubles.append(
                    Trouble(.warning, what, target: name, stream: stream.stream, group: group.group))
            }
        }
        return troubles
    }
}
