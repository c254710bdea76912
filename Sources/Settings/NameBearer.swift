/// What has a name of its own in settings.
package enum NameBearer: String, Sendable {
    case channel
    case policy

    /// What is meant by its name.
    var name: Expectation {
        switch self {
        case .channel: .channelName
        case .policy: .policyName
        }
    }

    var plural: String {
        switch self {
        case .channel: "channels"
        case .policy: "policies"
        }
    }

    var example: String {
        switch self {
        case .channel: "ops"
        case .policy: "rescue"
        }
    }
}
