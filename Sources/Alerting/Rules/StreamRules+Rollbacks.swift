import StreamModel

extension StreamRules {
    /// RolledBack.
    static func judgeRollbacks(
        _ snapshot: TargetSnapshot, _ log: inout RollbackLog, _ settings: TargetAlertSettings, at now: Timestamp,
        _ judgement: inout Judgement
    ) {
        log.ingest(snapshot.events, at: now, windowMilliseconds: settings.windowMilliseconds)
        for (name, rollback) in log.rollbacks {
            let isGone = snapshot.presence(ofStream: name) == .gone(.streamGone)
            judgement.holds(.rolledBack, nil, .stream(name), Words(rollback.events, of: name, isGone: isGone))
        }
    }
}

extension Judgement.Words {
    fileprivate init(_ events: [StreamEvent], of name: Name, isGone: Bool) {
        let groups = events.filter { $0.group != nil }
        let isLogical = events.contains { $0.shownAs != nil }
        let again =
            groups.isEmpty
            ? "" : " \(groups.count) of its groups \(groups.count == 1 ? "was" : "were") set back with it."
        let look = isGone ? "EXISTS \(name.quoted)" : "XINFO STREAM \(name.quoted)"
        self.init(
            what:
                "The server came back \(Self.state(events.filter { $0.group == nil }, of: name.inSentence, isLogical))."
                + again + (isGone ? " The stream is not there any more." : ""),
            command: isLogical ? nil : look,
            details: groups.isEmpty ? [:] : ["groups": groups.map(\.redelivery).joined(separator: "; ")])
    }

    /// In which it came back, as in "without any of the 12 entries that had been added to orders".
    private static func state(_ losses: [StreamEvent], of name: String, _ isLogical: Bool) -> String {
        // Nothing known of one is no sum of the others.
        let isKnown = !losses.isEmpty && losses.allSatisfy { $0.entries != nil }
        let entries = isKnown ? losses.reduce(0) { $0 + ($1.entries ?? 0) } : nil
        let isAtLeast = losses.contains(where: \.isAtLeast)
        if losses.last?.isTotal == true, !isLogical {
            return switch entries {
            case nil: "without any of the entries that had been added to \(name)"
            case 0?: "without \(name), to which nothing had been added"
            case 1?: "without the only entry that had been added to \(name)"
            case let count?: "without any of the \(count) entries that had been added to \(name)"
            }
        }
        // Some of it, or some of the streams that are shown as this one, may have been lost as a whole.
        if losses.contains(where: \.isTotal) {
            return entries.map {
                "without \(isAtLeast ? "at least " : "")\($0) of the entries that had been added to \(name)"
            }
                ?? "without entries that had been added to \(name)"
        }
        let most = isAtLeast ? " at least" : ""
        return switch entries {
        case nil: "with \(name) as it was before its last writes"
        case 1?: "with \(name) as it was before its last entry\(most)"
        case let count?: "with \(name) as it was before its last \(count) entries\(most)"
        }
    }
}

extension StreamEvent {
    /// As in "shippers: 12 entries again".
    fileprivate var redelivery: String {
        let name = group?.inSentence ?? ""
        let place = shownAs == nil ? name : "\(name) of \(stream.inSentence)"
        guard let countText else { return "\(place): how many entries again is not known" }
        return "\(place): \(countText) \(entries == 1 ? "entry" : "entries") again"
    }
}
