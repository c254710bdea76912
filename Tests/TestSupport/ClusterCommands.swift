package import RedisClient

/// Says to a real cluster what a test needs said, and goes where it is sent.
package actor ClusterCommands {
    private let cluster: TestCluster
    private let access: RedisAccess
    private var clients: [RedisEndpoint.Address: ServerCommands] = [:]
    /// Where the last answer came from.
    private var current: RedisEndpoint.Address?

    init(_ cluster: TestCluster, _ access: RedisAccess) {
        self.cluster = cluster
        self.access = access
    }

    /// Throws where the answer is an error, or a server is lost: then the command may have been done or not.
    @discardableResult
    package func send(_ words: String...) async throws -> RedisReply {
        try await send(words.map { Array($0.utf8) })
    }

    @discardableResult
    package func send(_ arguments: [[UInt8]]) async throws -> RedisReply {
        guard var address = current ?? cluster.nodes.first(where: \.isRunning)?.address else {
            throw RedisClientError.closed
        }
        var commands = [RedisCommand(arguments)]
        var last = RedisReply.null
        for _ in 0..<8 {
            last = try await replies(to: commands, from: address).last ?? .null
            guard let error = last.error, let redirection = Redirection(error, from: address) else {
                current = address
                break
            }
            address = redirection.address
            commands = [RedisCommand(arguments)]
            if case .ask = redirection { commands.insert(RedisCommand("ASKING"), at: 0) }
        }
        if let error = last.error { throw error }
        return last
    }

    private func replies(
        to commands: [RedisCommand], from address: RedisEndpoint.Address
    ) async throws -> [RedisReply] {
        do {
            let client: ServerCommands
            if let known = clients[address] {
                client = known
            } else {
                client = try await ServerCommands(RedisEndpoint(address: address, access: access))
                clients[address] = client
            }
            return try await client.connection.pipeline(commands).replies
        } catch {
            clients[address] = nil
            current = nil
            throw error
        }
    }
}
