import StreamModel

/// What makes an incident itself and no other: never a value that was measured.
package struct IncidentKey: Hashable, Comparable, Codable, Sendable {
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

    /// The worst first, then by where it is.
    package static func < (left: IncidentKey, right: IncidentKey) -> Bool {
        if left.level != right.level { return left.level > right.level }
        let (leftName, rightName) = (left.subject.name, right.subject.name)
        return (left.target, leftName.0, leftName.1, left.rule.rawValue)
            < (right.target, rightName.0, rightName.1, right.rule.rawValue)
    }
}

extension AlertSubject {
    fileprivate var name: (Name, Name) {
        switch self {
        case .target: (Name(""), Name(""))
        case .node(let node): (Name(node), Name(""))
        case .stream(let stream): (stream, Name(""))
        case .group(let group, let stream): (stream, group)
        }
    }
}
