package import RedisClient
package import StreamModel

/// Why something cannot be looked at.
package enum InspectionError: Error, Equatable, Sendable {
    /// The servers cannot be read.
    case server(RedisClientError)
    /// They can, and this stream cannot.
    case stream(SampleError)
}

extension InspectionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .server(let error): "\(error)"
        case .stream(let error): "\(error)"
        }
    }
}
