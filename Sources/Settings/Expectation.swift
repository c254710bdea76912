import Remediation

/// What kind of value a key takes.
package enum Expectation: Sendable, Equatable {
    case address
    case addresses
    case boolean
    case channel
    case channelName
    case channelNames
    case channels
    case channelType
    case consumer
    case duration
    case expectedGroup
    case expectedGroups
    case folder
    case group
    case httpURL
    case mode
    case names
    case number
    case override
    case overrides
    case path
    case pattern
    case patterns
    case policies
    case policy
    case policyName
    case receiverURL
    case receiverURLs
    case remediationAction
    case rule
    case section
    case serverName
    case shard
    case share
    case size
    case staleAfter
    case stream
    case target
    case targets
    case text
    case url
}

extension Expectation: CustomStringConvertible {
    package var description: String {
        switch self {
        case .address: "an address such as 0.0.0.0:10061"
        case .addresses: "a list of addresses such as [\"0.0.0.0:10061\"]"
        case .boolean: "true or false"
        case .channel: "a mapping such as {name: ops, type: webhook, url: \"https://example.com/hook\"}"
        case .channelName: "a name such as ops"
        case .channelNames: "a list of channels such as [ops]"
        case .channels: "a list such as [{name: ops, type: webhook, url: \"https://example.com/hook\"}]"
        case .channelType: "one of \(ChannelType.words.joined(separator: ", "))"
        case .consumer: "the name of a consumer such as shipper-rescue"
        case .duration: "a duration such as 5s or 1m30s"
        case .expectedGroup: "a mapping such as {stream: orders, group: shippers}"
        case .expectedGroups: "a list such as [{stream: orders, group: shippers}]"
        case .folder: "the path of a folder such as /var/lib/weir"
        case .group: "the name of a group such as shippers"
        case .httpURL: "a URL such as https://example.com"
        case .mode: "one of \(RemediationMode.words.joined(separator: ", "))"
        case .names: "a list of names"
        case .number: "a whole number such as 100"
        case .override: "a mapping such as {stream: \"batch:*\", stale_after: 30m}"
        case .overrides: "a list such as [{stream: \"batch:*\", stale_after: 30m}]"
        case .path: "the path of a file"
        case .pattern: "a name or a pattern such as \"orders:*\""
        case .patterns: "a list of names or patterns such as [\"orders\", \"billing:*\"]"
        case .policies: "a list such as [\(Self.samplePolicy)]"
        case .policy: "a mapping such as \(Self.samplePolicy)"
        case .policyName: "a name such as rescue"
        case .receiverURL: "a URL such as https://example.com/hook"
        case .receiverURLs: "a list such as [\"http://am-0:9093\", \"http://am-1:9093\"]"
        case .remediationAction: "one of \(RemediationAction.Kind.words.joined(separator: ", "))"
        case .rule: "true, false or a mapping such as {for: 5m}"
        case .section: "a mapping (key: value)"
        case .serverName: "the name or the address of a server such as redis.example"
        case .shard: "one of several weirs, I/N, such as 0/3"
        case .share: "a share such as 2% or 0.02"
        case .size: "a size such as 16KiB"
        case .staleAfter: "auto or a duration such as 5m"
        case .stream: "the name of a stream such as orders"
        case .target: "a mapping such as {url: \"redis://127.0.0.1:6379\"}"
        case .targets: "a list such as [{url: \"redis://127.0.0.1:6379\"}]"
        case .text: "a text"
        case .url: "a URL such as redis://127.0.0.1:6379"
        }
    }

    private static let samplePolicy =
        "{name: rescue, stream: orders, group: shippers, action: requeue, min_idle: 10m}"
}
