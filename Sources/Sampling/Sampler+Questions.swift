package import RedisClient
package import StreamModel

/// What somebody asks who looks closely, once: no polls.
extension Sampler {
    /// Connects to the primaries, and gives what each says of itself.
    ///
    /// Called again, it asks again. An error means that none of them could be asked.
    package mutating func meet(at now: Timestamp) async throws(RedisClientError) -> [NodeSample] {
        let poll = try await begin(at: now)
        try poll.throwIfAllFailed(naming: primaries.mayChange)
        return end(poll).nodes
    }

    /// Asks the server that has the key, wherever in a cluster that is by now, and says which it was.
    ///
    /// Replies that are errors are given as they are. An error of a target of several servers names those that could not
    /// be asked: what another says may come of that alone.
    package mutating func ask(
        _ commands: [RedisCommand], about key: Name
    ) async throws(RedisClientError) -> (node: String, exchange: RedisExchange) {
        let slot = KeySlot(of: key).number
        // Who has nothing to do with the slot says who has.
        guard var node = primaries.slots?.primary(of: slot)?.node ?? nodes.keys.min() else { throw .closed }
        var isAsking = false
        for _ in 0..<Self.mostRedirections {
            let exchange = try await ask(commands, of: node, asking: isAsking)
            guard let redirection = redirection(in: exchange, from: node) else { return (node, exchange) }
            guard primaries.areSeveral else { throw .onOtherNode(redirection.address.node) }
            try await follow(redirection)
            node = redirection.address.node
            isAsking = if case .ask = redirection { true } else { false }
        }
        return (node, try await ask(commands, of: node, asking: isAsking))
    }

    /// Asks one of the servers.
    ///
    /// One that could not be sampled when that was last tried is not tried again.
    package mutating func ask(
        _ commands: [RedisCommand], of node: String, asking: Bool = false
    ) async throws(RedisClientError) -> RedisExchange {
        if let failure = nodes[node]?.failure { throw naming(failure) }
        let results = await onNodes([node]) { node throws(RedisClientError) in
            try await node.answer(commands, asking: asking)
        }
        guard let result = results[node] else { throw .closed }
        do throws(RedisClientError) { return try result.get() } catch { throw naming(error) }
    }

    /// The error with the servers that could not be asked, where the configuration does not say which that may be.
    private func naming(_ error: RedisClientError) -> RedisClientError {
        let failures = nodes.compactMapValues(\.failure)
        return !primaries.mayChange || failures.isEmpty || error == .interrupted ? error : .nodes(failures)
    }

    /// What a poll may still take of the servers' time, by their names; after one, what it has left.
    package var serverTimeLeft: [String: Duration] { nodes.mapValues(\.share.left) }

    /// Whether the server answers in RESP3, for which nobody has asked.
    package func speaksRESP3(_ node: String) async -> Bool {
        await nodes[node]?.connection.speaksRESP3 ?? false
    }

    private func redirection(in exchange: RedisExchange, from node: String) -> Redirection? {
        guard let address = nodes[node]?.connection.endpoint.address else { return nil }
        return exchange.replies.lazy.compactMap { $0.error.flatMap { Redirection($0, from: address) } }.first
    }

    /// Gets to know a server that may have come since.
    private mutating func follow(_ redirection: Redirection) async throws(RedisClientError) {
        if primaries.take([redirection]) { try settle(try await primaries.find(asking: reachable)) }
        let node = redirection.address.node
        guard nodes[node] != nil else { throw .cannotConnect(reason: "the cluster does not list \(node)") }
        let opened = await onNodes([node]) { node throws(RedisClientError) in
            _ = try await node.begin(at: Timestamp(milliseconds: 0), isDiscovering: false, patience: nil)
        }
        do throws(RedisClientError) { try opened[node]?.get() } catch { throw naming(error) }
    }
}
