import Alerting
import StreamModel

/// An incident machine with one target, its clock and its channels, for tests that tell a story.
struct Incidents {
    static let target = "demo"

    var machine = IncidentMachine()
    var context = IncidentContext(settings: AlertSettings())
    var now = Timestamp(milliseconds: 1_000_000)

    init(channels: [ChannelRoute] = [ChannelRoute(name: "ops", repeatMilliseconds: nil)]) {
        context.channels = channels
    }

    static func key(
        _ rule: AlertRule = .groupStopped, _ level: Severity? = nil, group: String = "shippers",
        stream: String = "orders"
    ) -> IncidentKey {
        let subject: AlertSubject =
            switch rule.definition.scope {
            case .target: .target
            case .node: .node("127.0.0.1:6379")
            case .stream: .stream(Name(stream))
            case .group: .group(Name(group), stream: Name(stream))
            }
        return IncidentKey(
            target: target, rule: rule, level: level ?? rule.definition.levels[0].severity, subject: subject)
    }

    static func finding(
        _ what: String = "It is so.", severity: Severity = .critical, hold: Int64 = 0, keepFiring: Int64 = 0,
        notify: [String]? = nil
    ) -> Finding {
        Finding(
            severity: severity, what: what, holdMilliseconds: hold, keepFiringMilliseconds: keepFiring, notify: notify)
    }

    /// One more look, so long after the last; the incidents that are tracked and not in `verdicts` are clear.
    mutating func look(after milliseconds: Int64 = 1000, _ verdicts: [IncidentKey: Verdict] = [:]) -> [String] {
        now = now.advanced(byMilliseconds: milliseconds)
        let rest = machine.keys(of: Self.target).map { ($0, Verdict.clear) }
        let actions = machine.ingest(
            verdicts.merging(rest) { own, _ in own }, of: Self.target, at: now, gapMilliseconds: 15_000,
            context: context)
        return actions.map(Self.text)
    }

    /// `fired GroupStopped`, `resolved GroupStopped`, `ops: GroupStopped firing`.
    static func text(_ action: IncidentAction) -> String {
        switch action {
        case .fired(let incident): "fired \(incident.key.rule.rawValue)"
        case .resolved(let incident): "resolved \(incident.key.rule.rawValue)"
        case .tell(let channel, let incident): "\(channel): \(incident.key.rule.rawValue) \(incident.phase.rawValue)"
        }
    }
}
