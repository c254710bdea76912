/// Why there is no answer.
///
/// Holds nothing of the URL but its host and port: the rest may be a secret.
package enum TransferError: Error, Equatable, Sendable {
    case cannotResolve(host: String)
    case cannotConnect(host: String, reason: String)
    case timedOut(host: String)
    case tls(host: String, reason: String)
    /// No whole answer came, or none that is HTTP.
    case broken(host: String, reason: String)
    case caFile(path: String)
    /// The URL is not one that can be sent to.
    case malformedURL
    /// weir is ending, or nobody waits for the answer any more.
    case cancelled
    case other(host: String, reason: String)
}

extension TransferError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotResolve(let host): "the name of \(host) cannot be resolved"
        case .cannotConnect(let host, let reason): "\(host) cannot be connected to: \(reason)"
        case .timedOut(let host): "\(host) did not answer in time"
        case .tls(let host, let reason): "no TLS with \(host): \(reason)"
        case .broken(let host, let reason): "no whole answer of \(host): \(reason)"
        case .caFile(let path): "\(path) has no certificates that can be read"
        case .malformedURL: "the url is malformed"
        case .cancelled: "cancelled"
        case .other(let host, let reason): "\(host): \(reason)"
        }
    }
}
