/// Which incidents say what is really wrong where others hold as well.
///
/// Made of all that fires for one target at one moment.
struct Inhibition {
    private var firing: Set<IncidentKey> = []
    private var nodesDown: [String] = []

    init(_ incidents: some Sequence<Incident>) {
        for incident in incidents where incident.phase == .firing && Self.inhibitors.contains(incident.key.rule) {
            firing.insert(incident.key)
            if incident.key.rule == .redisDown, let node = incident.key.subject.node { nodesDown.append(node) }
        }
    }

    /// RedisDown > SampleStale > GroupVanished > GroupStopped > the group's lag and consumer rules.
    private static let inhibitors: Set<AlertRule> = [.redisDown, .sampleStale, .groupVanished, .groupStopped, .lagHigh]

    /// Nil where nothing else explains the incident.
    func inhibitor(of incident: Incident) -> AlertRule? {
        let key = incident.key
        if key.rule == .redisDown || firing.isEmpty { return nil }
        if isExplainedByNode(key, on: incident.finding.node) { return .redisDown }
        guard case .group(_, let stream) = key.subject else { return nil }
        let rank = Self.rank(of: key.rule)
        if rank > 1, isFiring(.sampleStale, .stream(stream), like: key) { return .sampleStale }
        if rank > 2, isFiring(.groupVanished, key.subject, like: key) { return .groupVanished }
        if rank > 3, isFiring(.groupStopped, key.subject, like: key) { return .groupStopped }
        // Of two levels of one rule the worse says it all.
        if key.rule == .lagHigh, key.level == .warning, isFiring(.lagHigh, key.subject, like: key) { return .lagHigh }
        return nil
    }

    /// Where the rule stands in the chain; 1: only a server that is down explains it.
    private static func rank(of rule: AlertRule) -> Int {
        switch rule {
        case .groupVanished, .groupMissing: 2
        case .groupStopped: 3
        case .groupStalled, .lagHigh, .groupLagging, .lagUnknown, .consumerStale, .consumerStuck: 4
        default: 1
        }
    }

    /// A server that is down hides its streams; of other servers of the target, and of their streams, it says nothing.
    private func isExplainedByNode(_ key: IncidentKey, on node: String?) -> Bool {
        switch key.subject {
        case .node: isFiring(.redisDown, key.subject, like: key)
        case .target: !nodesDown.isEmpty
        case .stream, .group:
            nodesDown.contains { down in node?.split(separator: ", ").contains { $0 == down } ?? true }
        }
    }

    private func isFiring(_ rule: AlertRule, _ subject: AlertSubject, like key: IncidentKey) -> Bool {
        rule.definition.levels.contains { level in
            let inhibitor = IncidentKey(target: key.target, rule: rule, level: level.severity, subject: subject)
            return inhibitor != key && firing.contains(inhibitor)
        }
    }
}
