import StreamModel

/// The numbers of the rules about groups, as they are in force.
struct GroupLimits {
    /// Infinite where there is none.
    let lagSeconds: Double
    /// From there on critical; infinite where that is not judged.
    let criticalLagSeconds: Double
    /// Nil: how many entries wait does not matter.
    let lagEntries: Int64?
    let pendingSeconds: Double
    /// In times of the p99 of what entries are usually held.
    let holds: Double
    /// Of 1.
    let unreadShare: Double

    init(_ judgement: Judgement) {
        func thousandth(_ limit: RuleLimit, _ rule: AlertRule) -> Double {
            judgement.limit(limit, of: rule).map { Double($0) / 1000 } ?? .infinity
        }
        lagSeconds = thousandth(.seconds, .lagHigh)
        criticalLagSeconds = Self.criticalLagSeconds(judgement)
        lagEntries = judgement.limit(.entries, of: .lagHigh)
        pendingSeconds = thousandth(.age, .pendingOld)
        holds = judgement.limit(.holds, of: .pendingOld).map { Double($0) } ?? 0
        unreadShare = thousandth(.unreadShare, .trimRisk)
    }

    /// Who tunes the usual limit alone keeps how many times as much is critical.
    private static func criticalLagSeconds(_ judgement: Judgement) -> Double {
        let (rule, limits) = (judgement.settings(of: .lagHigh), AlertRule.lagHigh.definition.limits)
        // One severity for all levels: the second would only repeat the first.
        guard rule.severity == nil, let critical = judgement.limit(.criticalSeconds, of: .lagHigh) else {
            return .infinity
        }
        guard rule.limits[.criticalSeconds] == nil, let tuned = rule.limits[.seconds],
            let usual = limits[.seconds] ?? nil, usual > 0
        else { return Double(critical) / 1000 }
        return Double(tuned) / 1000 * (Double(critical) / Double(usual))
    }
}
