import Alerting
import Remediation
import StreamModel

/// What remediation has done lately, by group: for whoever tells of a group's alerts.
struct GroupActions: Sendable {
    /// A policy may see a moment before the rule does that something is wrong.
    private static let leadMilliseconds: Int64 = 10_000
    /// Actions that a remark names.
    private static let namedAtOnce = 3

    private struct Group: Hashable {
        var target: String
        var subject: AlertSubject
    }

    private let rows: [Group: [ActionRow]]

    /// `rows`: the newest first.
    init(_ rows: [ActionRow]) {
        self.rows = Dictionary(grouping: rows) { row in
            Group(
                target: row.record.target,
                subject: .group(row.record.group, stream: row.record.shownStream))
        }
    }

    /// Of the incident's group, from when that began until it ended: the newest first.
    func during(_ incident: Incident) -> [ActionRow] {
        let start = incident.since.advanced(byMilliseconds: -Self.leadMilliseconds)
        return rows[Group(target: incident.key.target, subject: incident.key.subject), default: []].filter { row in
            row.record.time >= start && incident.endedAt.map { row.record.time <= $0 } ?? true
        }
    }

    /// What has been done about the incident, or not: a line for each of the newest; nil: there is nothing to say.
    func remark(on incident: Incident) -> String? {
        let lines = during(incident).prefix(Self.namedAtOnce).map(\.remark)
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}

extension ActionRow {
    /// `dry-run: requeue by policy rescue would move 10 entries (action 1795275971969-0-0k3f9a)`.
    fileprivate var remark: String {
        let who = "\(record.action.rawValue) by policy \(record.policy)"
        let what =
            switch record.result {
            case .moved: "\(who) \(record.action.past) \(counted)"
            case .dryRun: "\(who) would \(record.action.verb) \(counted)"
            // Names are in it, and may be of several lines.
            case .refused, .failed:
                "\(who): " + record.text.split(whereSeparator: \.isNewline).joined(separator: " ")
            }
        return "\(record.isDryRun ? "dry-run: " : "")\(what) (action \(record.id))"
    }

    private var counted: String {
        let (one, many) = record.action == .forgetConsumer ? ("consumer", "consumers") : ("entry", "entries")
        return "\(count) \(count == 1 ? one : many)"
    }
}

extension RemediationAction.Kind {
    fileprivate var verb: String { self == .forgetConsumer ? "delete" : "move" }
    fileprivate var past: String { self == .forgetConsumer ? "deleted" : "moved" }
}
