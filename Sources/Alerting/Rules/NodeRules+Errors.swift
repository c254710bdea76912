import StreamModel

extension NodeRules {
    /// WritesRefused and NoGroupErrors: a count that has grown, until it has stood still for a window or for half of one.
    static func judgeErrors(_ look: Look, _ judgement: inout Judgement) {
        guard look.observation.countsErrors else {
            for rule in [AlertRule.writesRefused, .noGroupErrors] { judgement.isUnknown(rule, nil, look.subject) }
            return
        }
        if let growth = look.record.refusedWrites.growth {
            judgement.holds(
                .writesRefused, nil, look.subject, Words("\(look.node.node) refuses writes", growth, at: look.now))
        }
        if let growth = look.record.missedGroups.growth {
            judgement.holds(
                .noGroupErrors, nil, look.subject,
                Words("Clients of \(look.node.node) ask for groups that are not there", growth, at: look.now))
        }
    }
}

extension NodeObservation {
    /// Whether `errors` is all there is: servers tell from 6.2, and one that tells its version tells the rest.
    fileprivate var countsErrors: Bool {
        !errors.isEmpty || identity.map { $0.version >= ServerVersion(6, 2, 0) } == true
    }
}

extension Judgement.Words {
    /// The `fact`, and which errors have shown it, how often and when.
    fileprivate init(_ fact: String, _ growth: ErrorTally.Growth, at now: Timestamp) {
        func ago(_ time: Timestamp) -> String {
            FigureText.duration(Double(max(0, now.milliseconds(since: time))) / 1000)
        }
        let counts = growth.counts.sorted { $0.key < $1.key }.map { kind, count in
            "\(kind) \(count == 1 ? "once" : "\(count) times")"
        }
        let when = growth.last == now ? "seen by the last look" : "the last of them seen \(ago(growth.last)) ago"
        let span = growth.since == now ? "" : " in \(ago(growth.since))"
        self.init(
            what: "\(fact): \(counts.joined(separator: ", "))\(span), \(when).", command: "INFO errorstats")
    }
}
