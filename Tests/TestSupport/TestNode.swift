package import RedisClient
internal import Synchronization

/// One server of a test's cluster or of its sentinels' primary and replicas, or a sentinel.
package final class TestNode: Sendable {
    package let server: RedisServer
    /// Where clients speak to it.
    package let address: RedisEndpoint.Address
    private let access: TestAccess
    private let running = Mutex(true)

    /// `command` starts the server, `arguments` come after its own.
    init(_ command: [String], _ access: TestAccess, _ arguments: [String]) async throws {
        var arguments = arguments
        if let password = access.password { arguments += ["--requirepass", password, "--masterauth", password] }
        if let certificates = access.certificates {
            let isClustered = arguments.contains("--cluster-enabled")
            let port = try isClustered ? LoopbackListener.unusedClusterPort() : LoopbackListener.unusedPort()
            arguments += TLSRedis.arguments(port: port, certificates) + ["--tls-replication", "yes"]
            server = try await RedisServer(arguments, program: command)
            address = .tcp(host: "127.0.0.1", port: port)
        } else {
            server = try await RedisServer(arguments, program: command)
            address = server.endpoint.address
        }
        self.access = access
    }

    package var endpoint: RedisEndpoint { RedisEndpoint(address: address, access: access.access) }

    /// The `node` label: `127.0.0.1:7000`.
    package var name: String { address.node }

    /// Whether it is neither killed nor paused.
    package var isRunning: Bool { running.withLock(\.self) }

    var port: UInt16 {
        switch address {
        case .tcp(_, let port): port
        case .unix: 0
        }
    }

    /// A client for what the test has to say, over the plain port.
    package func client() async throws -> ServerCommands { try await server.client(password: access.password) }

    /// Ends it as by a crash.
    package func kill() {
        running.withLock { $0 = false }
        server.kill()
    }

    /// Stops it as by SIGSTOP: connections stay, answers do not come.
    package func pause() {
        running.withLock { $0 = false }
        server.pause()
    }

    package func resume() {
        server.resume()
        running.withLock { $0 = true }
    }

    /// Starts it again on the same port, after `kill`, with what it knew of the others.
    package func restart() async throws {
        try await server.restart()
        running.withLock { $0 = true }
    }
}
