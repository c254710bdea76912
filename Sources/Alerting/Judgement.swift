import StreamModel

/// What the rules say in one look at one target.
///
/// A rule says where its condition holds, and where that cannot be told; whatever else was looked at is clear.
struct Judgement {
    let target: String
    private let settings: AlertSettings
    /// The incidents that there are: of others nobody needs to know that nothing is known.
    private let tracked: Set<IncidentKey>
    /// Their rules: of tens of thousands of groups about which little is known as yet, most need not be looked up.
    private let trackedRules: Set<AlertRule>
    private(set) var holding: [IncidentKey: Finding] = [:]
    private(set) var unknown: Set<IncidentKey> = []

    init(target: String, settings: AlertSettings, tracked: Set<IncidentKey>) {
        self.target = target
        self.settings = settings
        self.tracked = tracked
        trackedRules = Set(tracked.map(\.rule))
    }

    /// Whether the rule is on at all: what would be found for nothing need not be looked for.
    func isOn(_ rule: AlertRule) -> Bool {
        settings.rule(rule).isOn
    }

    /// What the user wants of the rule.
    func settings(of rule: AlertRule) -> RuleSettings {
        settings.rule(rule)
    }

    /// A number of the rule, as it is in force; nil where the user has to set it and has not.
    func limit(_ limit: RuleLimit, of rule: AlertRule) -> Int64? {
        settings.rule(rule).limits[limit] ?? rule.definition.limits[limit] ?? nil
    }

    /// The condition holds at the rule's usual level.
    mutating func holds(_ rule: AlertRule, _ subject: AlertSubject, _ words: @autoclosure () -> Words) {
        holds(rule, nil, subject, words())
    }

    /// The condition holds; `words` are asked for only where the rule is on and for this subject.
    ///
    /// `level`: nil: the rule's usual one.
    mutating func holds(
        _ rule: AlertRule, _ level: Severity?, _ subject: AlertSubject, _ words: @autoclosure () -> Words
    ) {
        guard let level = self.level(level, of: rule), isInForce(rule, for: subject) else { return }
        let key = IncidentKey(target: target, rule: rule, level: level.severity, subject: subject)
        let (words, rules) = (words(), settings.rule(rule))
        holding[key] = Finding(
            severity: rules.severity ?? level.severity, what: words.what, command: words.command,
            details: words.details, holdMilliseconds: holdMilliseconds(rule, level),
            keepFiringMilliseconds: rules.keepFiringMilliseconds, notify: rules.notify)
    }

    /// Notes on which of the target's servers the streams are that something was found about.
    mutating func place(in snapshot: TargetSnapshot) {
        for key in holding.keys {
            guard let stream = key.subject.stream else { continue }
            holding[key]?.node = snapshot.stream(named: stream)?.node
        }
    }

    /// Whether the condition holds at the rule's usual level cannot be told.
    mutating func isUnknown(_ rule: AlertRule, _ subject: AlertSubject) {
        isUnknown(rule, nil, subject)
    }

    /// Whether the condition holds cannot be told, although the subject is there.
    ///
    /// It is kept only of incidents that there are.
    mutating func isUnknown(_ rule: AlertRule, _ level: Severity?, _ subject: AlertSubject) {
        guard trackedRules.contains(rule), let level = self.level(level, of: rule) else { return }
        let key = IncidentKey(target: target, rule: rule, level: level.severity, subject: subject)
        if tracked.contains(key) { unknown.insert(key) }
    }

    /// Whether the rule is on, and for this subject.
    func isInForce(_ rule: AlertRule, for subject: AlertSubject) -> Bool {
        let rules = settings.rule(rule)
        guard rules.isOn else { return false }
        if let stream = subject.stream, !rules.streams.contains(where: { $0.matches(stream) }) { return false }
        if let group = subject.group, !rules.groups.contains(where: { $0.matches(group) }) { return false }
        return true
    }

    private func level(_ severity: Severity?, of rule: AlertRule) -> RuleDefinition.Level? {
        guard let severity else { return rule.definition.levels.first }
        return rule.definition.levels.first { $0.severity == severity }
    }

    /// The level above the usual one waits as its own limit says, or as much longer as it does by definition.
    private func holdMilliseconds(_ rule: AlertRule, _ level: RuleDefinition.Level) -> Int64 {
        let usual = rule.definition.levels[0]
        if level == usual { return settings.rule(rule).holdMilliseconds ?? level.holdMilliseconds }
        if let own = settings.rule(rule).limits[.criticalFor], level.severity == .critical { return own }
        guard let tuned = settings.rule(rule).holdMilliseconds, usual.holdMilliseconds > 0 else {
            return level.holdMilliseconds
        }
        return tuned * level.holdMilliseconds / usual.holdMilliseconds
    }

    /// What a rule has to say where its condition holds.
    struct Words {
        var what: String
        var command: String?
        var details: [String: String] = [:]
    }
}
