import RedisClient

/// One worker of the demonstration: what it does, how often, on a connection of its own.
struct Agent: Sendable {
    var name: String
    /// Between the end of one step and the start of the next.
    var pause: Duration
    var step: @Sendable (AgentSession) async throws -> Void

    /// Works until the task is cancelled or the server is gone.
    func run(on connection: RedisConnection) async {
        let session = AgentSession(name: name, connection: connection)
        while !Task.isCancelled {
            do {
                try await step(session)
                try await Task.sleep(for: pause)
            } catch {
                return
            }
        }
    }
}
