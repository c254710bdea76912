package import Remediation

/// What `weir check` found in a file without errors.
package struct CheckedFile: Sendable, Equatable {
    package let path: String
    /// The names of the targets.
    package let targets: [String]
    package let poll: PollSettings
    package let http: HTTPSettings
    /// The names of the channels.
    package let channels: [String]
    package let remediation: RemediationSettings
    /// Nil: none was checked.
    package let web: WebConfig?
    /// One line each, with its place.
    package let warnings: [String]
}

extension CheckedFile: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        let names = targets.isEmpty ? "no targets" : "targets \(targets.joined(separator: ", "))"
        let addresses = http.listen.map(\.description).joined(separator: ", ")
        let receivers = channels.isEmpty ? "no channels" : "channels \(channels.joined(separator: ", "))"
        return
            "\(path): valid: \(names); polled every \(DurationText.format(poll.interval)); pages on \(addresses)\(serving); "
            + "\(receivers); \(policies)"
    }

    private var serving: String { web.map { " (\($0))" } ?? "" }

    /// Of each policy its action, and how far it goes where that is not as far as the ceiling.
    private var policies: String {
        if remediation.policies.isEmpty { return "no remediation" }
        let policies = remediation.policies.map { policy in
            let mode = remediation.mode(of: policy)
            let deviation = mode == remediation.mode ? "" : ", \(mode.rawValue)"
            return "\(policy.name) (\(policy.action.kind.rawValue)\(deviation))"
        }
        return "remediation \(remediation.mode.rawValue): \(policies.joined(separator: ", "))"
    }
}
