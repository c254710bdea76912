import Alerting
import StreamModel

/// A target with one server, which the rules about servers and streams judge look by look.
struct RuledTarget {
    static let node = "10.0.0.1:6379"
    private static let start = Timestamp(milliseconds: 1_790_000_000_000)

    var evaluator: RuleEvaluator
    var snapshot = TargetSnapshot(
        name: "t", isUp: true, error: nil, nodes: [Self.up()], streams: [], streamsNotSampled: 0,
        polling: PollStatistics())

    /// `limits`: as somebody has tuned them.
    init(
        limits: [AlertRule: [RuleLimit: Int64]] = [:], _ change: (inout TargetAlertSettings) -> Void = { _ in }
    ) {
        var settings = AlertSettings()
        for (rule, limits) in limits {
            var own = RuleSettings()
            own.limits = limits
            settings.rules[rule] = own
        }
        var target = TargetAlertSettings()
        change(&target)
        settings.targets["t"] = target
        evaluator = RuleEvaluator(settings: settings)
        snapshot.hasLookedEverywhere = true
    }

    static func time(_ second: Int64) -> Timestamp {
        start.advanced(byMilliseconds: second * 1000)
    }

    /// An ID that the server's clock has made at `second`.
    static func id(_ second: Int64) -> StreamID {
        StreamID(milliseconds: UInt64(time(second).milliseconds), sequence: 0)
    }

    /// What the next look says of a rule, at `second`.
    mutating func look(
        _ rule: AlertRule, at second: Int64 = 0, on subject: AlertSubject = .node(Self.node)
    ) -> Verdict {
        let level = rule.definition.levels[0].severity
        let key = IncidentKey(target: "t", rule: rule, level: level, subject: subject)
        return evaluator.evaluate(snapshot, tracked: [key], at: Self.time(second))[key] ?? .clear
    }

    /// The same of a stream with `figures`, sampled just now.
    mutating func look(
        _ rule: AlertRule, at second: Int64, _ figures: StreamSnapshot.Figures, on name: String = "s"
    ) -> Verdict {
        snapshot.streams = [Self.stream(name, figures)]
        return look(rule, at: second, on: .stream(Name(name)))
    }

    static func stream(
        _ name: String, _ figures: StreamSnapshot.Figures? = nil, error: SampleError? = nil, age: Double? = 0
    ) -> StreamSnapshot {
        StreamSnapshot(
            name: Name(name), database: 0, node: node, error: error, sampleAgeSeconds: age, figures: figures,
            groups: [])
    }

    /// A server that has no troubles, but what `change` does to it.
    static func up(_ change: (inout NodeObservation) -> Void = { _ in }) -> NodeSnapshot {
        var observation = NodeObservation()
        observation.identity = identity(run: "a1")
        observation.memory.usedBytes = 100 << 20
        observation.memory.maxBytes = 1_000 << 20
        observation.memory.policy = "noeviction"
        observation.persistence.lastSaveSucceeded = true
        observation.persistence.appendOnlyEnabled = false
        observation.persistence.lastAppendOnlyWriteSucceeded = true
        observation.connectedReplicas = 0
        change(&observation)
        var node = NodeSnapshot(node: Self.node, isUp: true, error: nil, observation: observation)
        node.evictionEndangersStreams = false
        return node
    }

    static func down(_ error: String?) -> NodeSnapshot {
        NodeSnapshot(node: node, isUp: false, error: error, observation: nil)
    }

    static func identity(run: String, _ version: ServerVersion = ServerVersion(8, 0, 0)) -> ServerIdentity {
        ServerIdentity(kind: .redis, version: version, role: "master", runID: run)
    }
}

extension StreamSnapshot.Figures {
    /// Of a stream whose entries were made at the seconds `first` and `last` by the server's clock; nil: it is empty.
    ///
    /// `added`: nil before Redis 7.0.
    static func of(
        length: Int64?, added: Int64? = nil, first: Int64? = 0, last: Int64, at second: Int64
    ) -> StreamSnapshot.Figures {
        var figures = StreamSnapshot.Figures(
            length: length,
            counters: StreamCounters(
                radixTreeKeys: 1, radixTreeNodes: 2, groups: 0, lastGeneratedID: RuledTarget.id(last),
                firstEntryID: first.map { RuledTarget.id($0) }, lastEntryID: RuledTarget.id(last),
                maxDeletedEntryID: nil, entriesAdded: added),
            firstEntryAgeSeconds: first.map { Double(second - $0) }, lastEntryAgeSeconds: Double(second - last))
        figures.lastAddedAgeSeconds = Double(second - last)
        return figures
    }
}

extension Verdict {
    /// The sentence of what holds; else what else it is.
    var text: String {
        switch self {
        case .holds(let finding): finding.what
        case .clear: "clear"
        case .unknown: "unknown"
        case .gone(let departure): departure.rawValue
        }
    }

    var finding: Finding? {
        if case .holds(let finding) = self { finding } else { nil }
    }
}
