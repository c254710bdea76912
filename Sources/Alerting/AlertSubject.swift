package import StreamModel

/// What an alert is about, within one target.
package enum AlertSubject: Hashable, Codable, Sendable {
    case target
    case node(String)
    /// As it is shown: a logical stream by its own name.
    case stream(Name)
    case group(Name, stream: Name)

    package var stream: Name? {
        switch self {
        case .target, .node: nil
        case .stream(let stream), .group(_, let stream): stream
        }
    }

    package var group: Name? {
        if case .group(let group, _) = self { group } else { nil }
    }

    package var node: String? {
        if case .node(let node) = self { node } else { nil }
    }
}
