import Alerting
import StreamModel

/// A rule out of the file.
extension RuleSettings {
    /// `channels`: the names of all of them; nil where they are not all known, and none is missed.
    init(_ section: Section, of rule: AlertRule, channels: [String]?, _ reader: inout SectionReader) {
        self.init()
        reader.read("for", of: section, into: &holdMilliseconds) { node throws(Complaint) in
            try RuleLimitText.wait(node)
        }
        reader.read("keep_firing_for", of: section, into: &keepFiringMilliseconds, as: RuleLimitText.wait)
        reader.read("severity", of: section, into: &severity) { node throws(Complaint) in
            try ChoiceText.parse(node.text())
        }
        notify = reader.channels(toldBy: section, of: channels)
        readPatterns("streams", of: section, into: &streams, &reader)
        readPatterns("groups", of: section, into: &groups, &reader)
        for limit in rule.limits {
            reader.read(limit.rawValue, of: section, into: &limits[limit]) { node throws(Complaint) in
                try RuleLimitText.parse(node, as: limit, usual: rule.usual(limit))
            }
        }
        checkLevels(of: section, rule, &reader)
    }

    private func readPatterns(
        _ name: String, of section: Section, into place: inout [Glob], _ reader: inout SectionReader
    ) {
        reader.readList(name, of: section, meant: .patterns, into: &place) { node throws(Complaint) in
            Glob(try node.text(.pattern))
        }
    }

    /// The critical level comes after the usual one, and not where `severity` stands for both.
    private func checkLevels(of section: Section, _ rule: AlertRule, _ reader: inout SectionReader) {
        if section.fields["severity"] != nil {
            for limit in [RuleLimit.criticalSeconds, .criticalFor] {
                guard let field = section.fields[limit.rawValue] else { continue }
                reader.complain(.oneLevel, about: field.key, at: field.keyMark)
            }
        }
        guard let field = section.fields[RuleLimit.criticalSeconds.rawValue], let critical = limits[.criticalSeconds]
        else { return }
        let isTuned = section.fields[RuleLimit.seconds.rawValue] != nil
        guard let usual = isTuned ? limits[.seconds] : rule.usual(.seconds), critical <= usual else { return }
        reader.complain(.criticalTooSoon(seconds: .milliseconds(usual)), about: field.key, at: field.value.mark)
    }
}
