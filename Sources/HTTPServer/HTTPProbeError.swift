/// Why a probe did not get a status.
package enum HTTPProbeError: Error, Equatable {
    case noAnswer(reason: String)
    /// Whoever listens there did nothing for so long.
    case silent(after: Duration)
    /// The connection was closed before a status came.
    case hungUp
    case notHTTP
}

extension HTTPProbeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noAnswer(let reason): "no answer: \(reason)"
        case .silent(let time): "no answer within \(time.components.seconds) s: it hangs, or is busy"
        case .hungUp: "no answer: the connection was closed"
        case .notHTTP: "what answers there does not speak HTTP"
        }
    }
}
