/// Why one sentinel did not tell where the primary is.
package struct SentinelFailure: Equatable, Sendable {
    package enum Cause: Error, Equatable {
        case failed(RedisClientError)
        /// It does not watch a primary of that name.
        case unknownName
        /// It is a server that holds data, as likely as not the primary itself.
        case notSentinel
        /// It names a server that has turned out to be no primary.
        case refuted(RedisEndpoint.Address)
    }

    /// The sentinel's `host:port`.
    package let sentinel: String
    package let cause: Cause
}

extension SentinelFailure: CustomStringConvertible {
    package var description: String { "\(sentinel): \(cause)" }
}

extension SentinelFailure.Cause: CustomStringConvertible {
    package var description: String {
        switch self {
        case .failed(let error): error.description
        case .unknownName: "it does not know that name"
        case .notSentinel: "it is no sentinel"
        case .refuted(let address): "it names \(address.node), which is not a primary"
        }
    }
}
