/// What a rule is before anybody tunes it.
package struct RuleDefinition: Sendable {
    /// What an alert of the rule is about.
    package enum Scope: Sendable {
        case target, node, stream, group
    }

    /// One degree of a rule: most have one.
    package struct Level: Equatable, Sendable {
        package var severity: Severity
        /// How long the condition holds before it is news.
        package var holdMilliseconds: Int64
    }

    package var scope: Scope
    /// At least one, the usual one first.
    package var levels: [Level]
    /// The numbers that can be tuned, with their defaults; nil: the user has to set it.
    package var limits: [RuleLimit: Int64?]
    /// What it means that the condition holds, in one or two sentences for whoever is woken up by it.
    package var meaning: String
}
