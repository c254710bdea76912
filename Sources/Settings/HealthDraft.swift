import Platform
import StreamHealth
import StreamModel

/// The sections `health` and `overrides` of a file, before it is known how often is polled.
struct HealthDraft {
    private var settings = HealthSettings()
    private var usual = HealthOverride()
    /// Every window that was given, and where.
    private var windows: [(milliseconds: Int64, origin: SettingsOrigin)] = []

    /// As of a file that says nothing about it.
    init() {}

    init(of top: Section, _ reader: inout SectionReader) {
        if let field = top.fields["health"],
            let section = reader.section(field.value, key: field.key, grammar: .health)
        {
            usual = thresholds(of: section, &reader)
        }
        for (key, node) in reader.items("overrides", of: top, meant: .overrides, mayBeEmpty: true) ?? [] {
            guard let section = reader.section(node, key: key, grammar: .override, meant: .override) else { continue }
            settings.overrides.append(readOverride(section, &reader))
        }
    }

    /// What is in force with polls so far apart: a window that was not given has at least the intervals it needs.
    func settings(interval: Duration) -> HealthSettings {
        var settings = settings
        settings.usual = usual.applied(to: settings.usual)
        if usual.windowMilliseconds == nil {
            settings.usual.windowMilliseconds = max(settings.usual.windowMilliseconds, Self.leastWindow(interval))
        }
        return settings
    }

    /// The windows that are too short for polls so far apart.
    func problems(interval: Duration) -> [SettingsProblem] {
        let least = Self.leastWindow(interval)
        return windows.filter { $0.milliseconds < least }.map { window in
            SettingsProblem(
                origin: window.origin,
                complaint: .shortWindow(.milliseconds(window.milliseconds), least: .milliseconds(least)))
        }
    }

    private static func leastWindow(_ interval: Duration) -> Int64 {
        (interval * HealthText.leastIntervals).milliseconds
    }

    private mutating func readOverride(_ section: Section, _ reader: inout SectionReader) -> HealthOverride {
        var override = thresholds(of: section, &reader)
        func pattern(_ node: YAMLNode) throws(Complaint) -> Glob { Glob(try node.text(.pattern)) }
        reader.read("stream", of: section, into: &override.stream, as: pattern)
        reader.read("group", of: section, into: &override.group, as: pattern)
        if section.fields["stream"] == nil, section.fields["group"] == nil {
            reader.complain(.overrideOfAll, about: section.key, at: section.mark)
        }
        if SectionGrammar.health.known.allSatisfy({ section.fields[$0] == nil }) {
            reader.complain(.overrideOfNothing(SectionGrammar.health.known), about: section.key, at: section.mark)
        }
        return override
    }

    private mutating func thresholds(of section: Section, _ reader: inout SectionReader) -> HealthOverride {
        var thresholds = HealthOverride()
        reader.read("window", of: section, into: &thresholds.windowMilliseconds) { node throws(Complaint) in
            try HealthText.window(node)
        }
        reader.read("stale_after", of: section, into: &thresholds) { [thresholds] node throws(Complaint) in
            var thresholds = thresholds
            thresholds.staleAfterMilliseconds = try HealthText.staleAfter(node)
            thresholds.isStaleAfterAutomatic = thresholds.staleAfterMilliseconds == nil
            return thresholds
        }
        reader.read(
            "abandoned_after", of: section, into: &thresholds.abandonedAfterMilliseconds
        ) { node throws(Complaint) in
            try HealthText.abandonedAfter(node)
        }
        reader.read("poison_deliveries", of: section, into: &thresholds.poisonDeliveries) { node throws(Complaint) in
            try HealthText.poisonDeliveries(node)
        }
        if let window = thresholds.windowMilliseconds, let field = section.fields["window"] {
            windows.append((window, reader.origin(field.key, at: field.value.mark)))
        }
        return thresholds
    }
}
