import Remediation

/// The keys that a policy has because of its action.
extension RemediationAction.Kind: SectionKind {
    static let key = "action"

    static let owners: [String: [RemediationAction.Kind]] = [
        "to": [.claim],
        "rereads_own_pel": [.claim],
        "after_deliveries": [.deadLetter],
        "to_stream": [.requeue, .deadLetter],
    ]

    /// The keys that a policy with this action cannot do without, and what is meant by them.
    var required: [(key: String, meant: Expectation)] {
        switch self {
        case .claim: [("to", .consumer), ("min_idle", .duration)]
        case .requeue: [("min_idle", .duration)]
        case .deadLetter: [("after_deliveries", .number), ("to_stream", .stream), ("min_idle", .duration)]
        case .forgetConsumer: []
        }
    }
}
