/// What became of one attempt to deliver.
package enum DeliveryResult: Equatable, Sendable {
    /// The receiver has taken it.
    case delivered
    /// It may work later; `retryAfter`: as the receiver asks.
    case later(reason: String, retryAfter: Duration?)
    /// It will never work: this one is given up.
    case rejected(reason: String)
    /// The receiver wants nothing any more.
    case stopped(reason: String)
}
