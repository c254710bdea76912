package import RedisClient

extension RedisConnection {
    /// An open connection to a server that was started a moment ago, and takes some milliseconds to listen.
    package static func onceUp(_ endpoint: RedisEndpoint) async throws -> RedisConnection {
        let connection = try RedisConnection(endpoint: endpoint, timeout: .seconds(30))
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            do {
                try await connection.open()
                return connection
            } catch {
                guard ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }
}
