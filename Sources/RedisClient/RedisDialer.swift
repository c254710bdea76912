import Synchronization

/// Makes connections, all of which end together when weir stops.
package final class RedisDialer: Sendable {
    private struct Made: Sendable {
        weak let connection: RedisConnection?
    }

    private struct State {
        var isInterrupted = false
        var made: [Made] = []
    }

    /// Of each connection that it makes: for connecting, and for each exchange as a whole.
    package let timeout: Duration
    private let state = Mutex(State())

    package init(timeout: Duration) {
        self.timeout = timeout
    }

    /// A connection that is not open yet.
    package func connection(to endpoint: RedisEndpoint) throws(RedisClientError) -> RedisConnection {
        let connection = try RedisConnection(endpoint: endpoint, timeout: timeout)
        let isInterrupted = state.withLock { state in
            state.made.removeAll { $0.connection == nil }
            state.made.append(Made(connection: connection))
            return state.isInterrupted
        }
        if isInterrupted { throw .interrupted }
        return connection
    }

    /// Ends what is under way on any of its connections, and everything later, from any thread: weir stops.
    package func interrupt() {
        let connections = state.withLock { state in
            state.isInterrupted = true
            return state.made.compactMap(\.connection)
        }
        connections.forEach { $0.interrupt() }
    }

    package var isInterrupted: Bool { state.withLock(\.isInterrupted) }
}
