import StreamModel
import Testing

@testable import Alerting

/// What the rules say of the target `shop`, asked rule by rule.
struct RuleBench {
    /// A verdict without what a finding says.
    enum Outcome: Equatable, Sendable {
        case fires, clear, unknown
        case gone(Departure)
    }

    private(set) var evaluator: RuleEvaluator

    init(memory: EvaluatorMemory = EvaluatorMemory(), _ tune: (inout AlertSettings) -> Void = { _ in }) {
        var settings = AlertSettings()
        tune(&settings)
        evaluator = RuleEvaluator(settings: settings, memory: memory)
    }

    /// What the look says of an incident of the rule that there is; `level`: nil: the usual one.
    mutating func verdict(
        _ rule: AlertRule, _ level: Severity? = nil, on snapshot: TargetSnapshot,
        of subject: AlertSubject = .group(Name("shippers"), stream: Name("orders")), at seconds: Int64 = 0
    ) -> Verdict? {
        let key = IncidentKey(
            target: "shop", rule: rule, level: level ?? rule.definition.levels[0].severity, subject: subject)
        return evaluator.evaluate(snapshot, tracked: [key], at: .second(seconds))[key]
    }

    mutating func outcome(
        _ rule: AlertRule, _ level: Severity? = nil, on snapshot: TargetSnapshot,
        of subject: AlertSubject = .group(Name("shippers"), stream: Name("orders")), at seconds: Int64 = 0
    ) -> Outcome? {
        switch verdict(rule, level, on: snapshot, of: subject, at: seconds) {
        case .holds?: .fires
        case .clear?: .clear
        case .unknown?: .unknown
        case .gone(let departure)?: .gone(departure)
        case nil: nil
        }
    }

    mutating func finding(
        _ rule: AlertRule, _ level: Severity? = nil, on snapshot: TargetSnapshot,
        of subject: AlertSubject = .group(Name("shippers"), stream: Name("orders")), at seconds: Int64 = 0
    ) throws -> Finding {
        guard case .holds(let finding)? = verdict(rule, level, on: snapshot, of: subject, at: seconds) else {
            throw DoesNotHold(rule: rule)
        }
        return finding
    }

    struct DoesNotHold: Error {
        var rule: AlertRule
    }
}

extension Timestamp {
    /// So many seconds after the first look.
    static func second(_ second: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_800_000_000_000 + second * 1000)
    }
}
