import Alerting

extension AlertRule {
    /// What can be tuned, in the order of the keys.
    var limits: [RuleLimit] {
        let limits = definition.limits
        return RuleLimit.allCases.filter { limits.keys.contains($0) }
    }

    /// The default of a limit; nil where it has none.
    func usual(_ limit: RuleLimit) -> Int64? {
        definition.limits[limit] ?? nil
    }
}
