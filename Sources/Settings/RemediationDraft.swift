import Platform
import RedisClient
import Remediation

/// What a file says of remediation, before it is known where weir keeps its state and which targets are clusters.
struct RemediationDraft {
    private(set) var settings = RemediationSettings()
    private var policies: [PolicyDraft] = []
    private var modeOrigin = SettingsOrigin.nowhere

    /// As of a file that says nothing about it.
    init() {}

    /// `channels`: the names of all of them; nil where they are not all known.
    init(of top: Section, channels: [String]?, _ reader: inout SectionReader) {
        guard let field = top.fields["remediation"],
            let section = reader.section(field.value, key: field.key, grammar: .remediation)
        else { return }
        if let mode = section.fields["mode"] { modeOrigin = reader.origin(mode.key, at: mode.value.mark) }
        reader.read("mode", of: section, into: &settings.mode, as: RemediationMode.parse)
        settings.limits.read(perCycle: "entries_per_cycle", perHour: "entries_per_hour", of: section, &reader)
        reader.read("cooldown", of: section, into: &settings.cooldownMilliseconds, as: RuleLimitText.wait)
        readStorm(of: section, &reader)
        readPolicies(of: section, channels: channels, &reader)
        settings.policies = policies.map(\.policy)
    }

    /// What is wrong in those of the targets that are clusters; a policy is told of once.
    func problems(in targets: [TargetSettings]) -> [SettingsProblem] {
        let clusters = targets.filter(\.topology.isCluster)
        return policies.compactMap { policy in
            clusters.lazy.compactMap(policy.problem).first
        }
    }

    /// What is unwise, or of no use, with these targets; none: they are not known.
    func warnings(stateDirectory: String?, targets: [TargetSettings]) -> [SettingsProblem] {
        let idle = targets.isEmpty ? [] : policies.compactMap { $0.warning(among: targets) }
        guard stateDirectory == nil, settings.policies.contains(where: { settings.mode(of: $0) == .act }) else {
            return idle
        }
        return [SettingsProblem(origin: modeOrigin, complaint: .forgetfulLimit)] + idle
    }

    private mutating func readStorm(of section: Section, _ reader: inout SectionReader) {
        guard let field = section.fields["storm"],
            let storm = reader.section(field.value, key: field.key, grammar: .storm)
        else { return }
        reader.read("share", of: storm, into: &settings.storm.share) { node throws(Complaint) in
            try node.share()
        }
        reader.read("at_least", of: storm, into: &settings.storm.atLeast) {
            [usual = settings.storm] node throws(Complaint) in
            try node.number(in: 1...1_000_000, example: usual.atLeast)
        }
    }

    private mutating func readPolicies(
        of section: Section, channels: [String]?, _ reader: inout SectionReader
    ) {
        var names: [String] = []
        for (key, node) in reader.items("policies", of: section, meant: .policies, mayBeEmpty: true) ?? [] {
            guard let section = reader.section(node, key: key, grammar: .policy, meant: .policy) else { continue }
            let name = reader.name(of: section, as: .policy, others: names)
            if let name { names.append(name) }
            let draft = PolicyDraft(name: name, section, ceiling: settings.mode, channels: channels, &reader)
            if let draft { policies.append(draft) }
        }
    }
}
