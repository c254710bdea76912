/// Why there is no Redis for the demonstration.
package enum ThrowawayRedisError: Error, Equatable {
    case noFolder(reason: String)
    case noPort
    case notStarted(reason: String)
}

extension ThrowawayRedisError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noFolder(let reason): "no temporary folder can be made: \(reason)"
        case .noPort: "no loopback port is free"
        case .notStarted(let reason):
            "redis-server cannot be started: \(reason). On Debian: apt-get install redis-server"
        }
    }
}
