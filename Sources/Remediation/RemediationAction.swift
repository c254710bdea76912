package import StreamModel

/// What a policy does with entries or consumers that it finds stranded.
package enum RemediationAction: Equatable, Sendable {
    /// `XAUTOCLAIM … JUSTID` to a consumer, which must be alive and read its own pending entries again.
    case claim(to: Name, rereadsOwnPEL: Bool)
    /// A copy is added for the readers of `>`, and the entry acknowledged; nil: to the stream itself.
    case requeue(to: Name?)
    /// The same to a stream for those that were delivered too often, with their provenance.
    case deadLetter(to: Name, afterDeliveries: Int64)
    /// `XGROUP DELCONSUMER` of an abandoned consumer that holds nothing.
    case forgetConsumer

    /// The raw values are what the configuration, the metrics and the API say.
    package enum Kind: String, CaseIterable, Hashable, Codable, Sendable {
        case claim
        case requeue
        case deadLetter = "dead_letter"
        case forgetConsumer = "forget_consumer"
    }

    package var kind: Kind {
        switch self {
        case .claim: .claim
        case .requeue: .requeue
        case .deadLetter: .deadLetter
        case .forgetConsumer: .forgetConsumer
        }
    }
}
