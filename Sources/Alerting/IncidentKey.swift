/// What makes an incident itself and no other: never a value that was measured.
package struct IncidentKey: Hashable, Codable, Sendable {
    package var target: String
    package var rule: AlertRule
    /// Which of the rule's levels, by the severity that it is defined with.
    package var level: Severity
    package var subject: AlertSubject

    package init(target: String, rule: AlertRule, level: Severity, subject: AlertSubject) {
        self.target = target
        self.rule = rule
        self.level = level
        self.subject = subject
    }
}
