import Alerting

/// The keys of the built-in rules.
extension SectionGrammar {
    static let rules = SectionGrammar(known: AlertRule.allCases.map(\.rawValue))

    /// Those that every rule knows, what it can be scoped by, and its own limits.
    static func rule(_ rule: AlertRule) -> SectionGrammar {
        var grammar = SectionGrammar(known: ["for", "keep_firing_for", "severity", "notify"])
        let scope = rule.definition.scope
        grammar.take("streams", if: scope == .stream || scope == .group, else: .notAbout("streams", rule))
        grammar.take("groups", if: scope == .group, else: .notAbout("groups", rule))
        for limit in RuleLimit.allCases {
            grammar.take(limit.rawValue, if: rule.limits.contains(limit), else: .otherLimit(rule))
        }
        return grammar
    }
    private mutating func take(_ key: String, if isKnown: Bool, else complaint: Complaint) {
        if isKnown {
            known.append(key)
        } else {
            refused[key] = complaint
        }
    }
}
