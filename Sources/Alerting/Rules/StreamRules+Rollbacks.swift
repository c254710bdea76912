import StreamModel

extension StreamRules {
    /// RolledBack.
    static func judgeRollbacks(
        _ snapshot: TargetSnapshot, _ log: inout RollbackLog, _ settings: TargetAlertSettings, at now: Timestamp,
        _ judgement: inout Judgement
    ) {
        log.ingest(snapshot.events, at: now, windowMilliseconds: settings.windowMilliseconds)
        for (name, rollback) in log.rollbacks {
            judgement.holds(.rolledBack, nil, .stream(name), Words(rollback.events, of: name))
        }
    }
}

extension Judgement.Words {
    fileprivate init(_ events: [StreamEvent], of name: Name) {
        let streams = events.filter { $0.group == nil }
        let groups = events.filter { $0.group != nil }
        // Nothing known of one is no sum of the others.
        let isKnown = !streams.isEmpty && streams.allSatisfy { $0.entries != nil }
        let entries = isKnown ? streams.reduce(0) { $0 + ($1.entries ?? 0) } : nil
        let lost =
            switch entries {
            case nil: "its last writes"
            case 1?: "its last entry"
            case let count?: "its last \(count) entries"
            }
        let again =
            groups.isEmpty
            ? "" : " \(groups.count) of its groups \(groups.count == 1 ? "was" : "were") set back with it."
        let details = groups.isEmpty ? [:] : ["groups": groups.map(\.redelivery).joined(separator: "; ")]
        let isLogical = events.contains { $0.shownAs != nil }
        self.init(
            what: "The server came back with \(name) as it was before \(lost).\(again)",
            command: isLogical ? nil : "XINFO STREAM \(name.quoted)", details: details)
    }
}

extension StreamEvent {
    /// As in "shippers: 12 entries again".
    fileprivate var redelivery: String {
        let name = group?.text ?? ""
        let place = shownAs == nil ? name : "\(name) of \(stream)"
        return switch entries {
        case nil: "\(place): how many entries again is not known"
        case 1?: "\(place): 1 entry again"
        case let count?: "\(place): \(count) entries again"
        }
    }
}
