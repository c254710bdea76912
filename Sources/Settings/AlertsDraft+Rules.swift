import Alerting
import Delivery

/// How a file wants the built-in rules.
extension AlertsDraft {
    /// The channels have been read: rules name them.
    mutating func readRules(of top: Section, _ reader: inout SectionReader) {
        guard let field = top.fields["rules"],
            let section = reader.section(field.value, key: field.key, grammar: .rules)
        else { return }
        for rule in AlertRule.allCases {
            guard let field = section.fields[rule.rawValue] else { continue }
            settings.rules[rule] = read(rule, field, &reader)
        }
    }

    private func read(_ rule: AlertRule, _ field: Section.Field, _ reader: inout SectionReader) -> RuleSettings? {
        switch field.value.content {
        case .scalar where !field.value.isNull:
            var settings = RuleSettings()
            reader.read(field, into: &settings.isOn) { node throws(Complaint) in try node.boolean() }
            return settings
        case .scalar, .mapping, .sequence:
            // One without a value is as it is defined: all its keys may be commented out.
            let node = field.value.isNull ? YAMLNode(mark: field.value.mark, content: .mapping([])) : field.value
            return reader.section(node, key: field.key, grammar: .rule(rule), meant: .rule).map { section in
                RuleSettings(section, of: rule, channels: channelNames, &reader)
            }
        }
    }
}
