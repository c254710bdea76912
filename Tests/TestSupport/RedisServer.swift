internal import Glibc
import Platform
package import RedisClient
internal import Synchronization

/// A real server on a loopback port and a socket of its own, ended with this object.
package final class RedisServer: Sendable {
    package let port: UInt16
    package let folder: TemporaryFolder
    private let words: [String]
    private let process: Mutex<ChildProcess>

    /// Starts a server, and returns once it answers, if only that it wants a password.
    ///
    /// `arguments` come after its own, such as `--requirepass`, `x`.
    package init(_ arguments: [String] = [], program: [String] = ServerProgram.system.command) async throws {
        folder = try TemporaryFolder()
        let common = [
            "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder.path, "--unixsocket",
            "\(folder.path)/redis.sock",
        ]
        let isClustered = arguments.contains("--cluster-enabled")
        let launched = try await Self.launch(in: folder, isClustered: isClustered) { port in
            program + ["--port", "\(port)"] + common + arguments
        }
        (port, words) = (launched.port, launched.words)
        process = Mutex(launched.process)
    }

    deinit {
        // Before its folder is removed.
        current.kill()
    }

    package var socket: String { "\(folder.path)/redis.sock" }

    package var endpoint: RedisEndpoint { RedisEndpoint(address: .tcp(host: "127.0.0.1", port: port)) }

    package var url: String { "redis://127.0.0.1:\(port)" }

    /// The `node` label, and the name of a target without one.
    package var node: String { endpoint.node }

    /// A client of this server.
    package func client(user: String? = nil, password: String? = nil) async throws -> ServerCommands {
        var endpoint = endpoint
        endpoint.username = user
        endpoint.password = password.map { .secret(Secret(Array($0.utf8))) }
        return try await ServerCommands(endpoint)
    }

    /// Stops it as by SIGSTOP: connections stay, answers do not come.
    package func pause() {
        current.pause()
    }

    package func resume() {
        current.resume()
    }

    /// Ends it as by a crash.
    package func kill() {
        current.kill()
    }

    /// Starts it again on the same port, after `kill`; with `whileLoading`, without waiting for its data set.
    package func restart(whileLoading: Bool = false) async throws {
        _ = unsafe unlink(socket)
        let process = try await ChildProcess(words)
        guard try await Self.isAnswering(process, folder, acceptLoading: whileLoading) else {
            throw TestFailure.didNotStart(output: process.output)
        }
        self.process.withLock { $0 = process }
    }

    /// Whether a request waits that the server has not read: somebody is in the middle of an exchange with it.
    package var hasUnreadRequest: Bool {
        SocketTable.entries.contains { $0.localPort == port && $0.state == .established && $0.unreadBytes > 0 }
    }

    private var current: ChildProcess { process.withLock(\.self) }

    private static func launch(
        in folder: TemporaryFolder, isClustered: Bool, words: (UInt16) -> [String]
    ) async throws -> (port: UInt16, words: [String], process: ChildProcess) {
        var failure = ""
        for _ in 0..<10 {
            let port = try isClustered ? LoopbackListener.unusedClusterPort() : LoopbackListener.unusedPort()
            let process = try await ChildProcess(words(port))
            if try await isAnswering(process, folder, acceptLoading: false) { return (port, words(port), process) }
            failure = process.output
            guard failure.contains("in use") else { break }
        }
        throw TestFailure.didNotStart(output: failure)
    }

    /// Whether it answers, in the end.
    ///
    /// Asks on the socket in its own folder: on the port, it might be another server that answers.
    private static func isAnswering(
        _ process: ChildProcess, _ folder: TemporaryFolder, acceptLoading: Bool
    ) async throws -> Bool {
        let path = "\(folder.path)/redis.sock"
        let connection = try RedisConnection(
            endpoint: RedisEndpoint(address: .unix(path: path)), timeout: .seconds(5))
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline, process.exitStatus == nil {
            do throws(RedisClientError) {
                try await connection.open()
                let reply = try await connection.pipeline([RedisCommand("PING")]).replies[0]
                if reply.error?.code != "LOADING" || acceptLoading { return true }
            } catch {
                switch error {
                case .authenticationFailed: return true
                // It is not there yet; or it has found its ports taken, the socket being there before.
                case .cannotConnect, .closedUnanswered, .closed, .brokenConnection: break
                default: throw error
                }
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}
