import RedisClient
import StreamModel

/// The servers of a target.
extension Sampler {
    /// Connects to the primaries and asks for their own figures.
    ///
    /// Where one of them cannot be reached, or is a primary no more, whoever knows is asked again in the same poll: after
    /// a failover nobody waits for the next.
    mutating func begin(at now: Timestamp) async throws(RedisClientError) -> TargetPoll {
        var poll = TargetPoll()
        // One node that hangs is waited for together with the others, before any of them is asked about the cluster.
        if nodes.isEmpty || !primaries.areSeveral { try settle(try await primaries.find(asking: reachable)) }
        await begin(&poll, at: now)
        if primaries.doubt(after: poll) {
            try settle(try await primaries.find(asking: reachable))
            poll.keep(nodes.keys)
            await begin(&poll, at: now)
        }
        primaries.judge(&poll)
        return poll
    }

    /// Begins the poll on those servers on which it has not begun.
    mutating func begin(_ poll: inout TargetPoll, at now: Timestamp) async {
        let patience = primaries.areSeveral ? Self.patience : nil
        let new = nodes.keys.filter { poll.looks[$0] == nil }
        let isDiscovering = discovery.isUnderWay
        let looks = await onNodes(new) { node throws(RedisClientError) in
            try await node.begin(at: now, isDiscovering: isDiscovering, patience: patience)
        }
        poll.looks.merge(looks) { $1 }
        poll.addresses = nodes.mapValues(\.connection.endpoint.address)
        let runIDs = poll.runIDs
        for node in poll.live { nodes[node]?.meet(runIDs) }
    }

    /// The connections on which somebody should answer.
    var reachable: [RedisConnection] { nodes.values.filter { $0.failure == nil }.map(\.connection) }

    /// Samples these and no others from now on.
    mutating func settle(_ endpoints: [RedisEndpoint]) throws(RedisClientError) {
        let names = Set(endpoints.map(\.node))
        for node in nodes.keys where !names.contains(node) {
            nodes[node] = nil
            discovery.abandonPass(on: node)
        }
        for endpoint in endpoints where nodes[endpoint.node] == nil {
            nodes[endpoint.node] = NodeSampler(connection: try dialer.connection(to: endpoint), plan: plan)
            discovery.noteNewNode()
        }
    }

    /// Does the work on each of these servers, in parallel where they are several, and gives what came of it.
    ///
    /// One on which it fails is done with for this poll, and its keys are out of reach for the pass over them.
    mutating func onNodes<Answer: Sendable>(
        _ names: [String],
        _ work: @escaping @Sendable (inout NodeSampler) async throws(RedisClientError) -> Answer
    ) async -> [String: Result<Answer, RedisClientError>] {
        var results: [String: Result<Answer, RedisClientError>] = [:]
        // Each is moved out, worked on and put back: in two places, either would copy what the other changes.
        let working = names.compactMap { nodes.removeValue(forKey: $0) }
        if working.count == 1, var node = working.first {
            results[node.node] = await node.attempt(work)
            nodes[node.node] = node
        } else {
            await withTaskGroup(of: (NodeSampler, Result<Answer, RedisClientError>).self) { group in
                for node in working {
                    group.addTask {
                        var node = node
                        let result = await node.attempt(work)
                        return (node, result)
                    }
                }
                for await (node, result) in group {
                    results[node.node] = result
                    nodes[node.node] = node
                }
            }
        }
        for (node, result) in results {
            if let traffic = nodes[node]?.takeTraffic() { statistics.add(trafficOf: traffic) }
            if case .failure = result { discovery.abandonPass(on: node) }
        }
        return results
    }
}

extension NodeSampler {
    fileprivate mutating func attempt<Answer>(
        _ work: (inout NodeSampler) async throws(RedisClientError) -> Answer
    ) async -> Result<Answer, RedisClientError> {
        do throws(RedisClientError) {
            return .success(try await work(&self))
        } catch {
            await fail(error)
            return .failure(error)
        }
    }
}
