package import RedisClient
package import Sampling
package import StreamModel

/// Looks at one target's servers and streams as a poll does, and asks them what a poll does not.
package struct ServerInspector: Sendable {
    /// How long streams are looked for.
    private static let discoveryTime = Duration.seconds(3)
    /// Between two looks at the streams: what is busy moves meanwhile.
    private static let watchingTime = Duration.seconds(1)
    private static let roundTrips = 11

    private var sampler: Sampler

    /// `sampler`: as the daemon would have it.
    package init(_ sampler: Sampler) {
        self.sampler = sampler
    }

    /// The first poll; looks for the streams until they are found, or for three seconds.
    package mutating func begin(at now: Timestamp) async throws(RedisClientError) -> TargetSample {
        sampler.beginDiscovery()
        let sample = try await sampler.poll(at: now)
        let deadline = ContinuousClock.now + Self.discoveryTime
        while sampler.discovery.isUnderWay, ContinuousClock.now < deadline {
            let spent = try await sampler.discoverStep()
            // As much again for everybody else.
            try? await Task.sleep(for: max(.milliseconds(1), spent))
        }
        return sample
    }

    /// Another poll, a second later, and what it took.
    package mutating func end(at now: () -> Timestamp) async throws(RedisClientError) -> (TargetSample, PollCost) {
        try? await Task.sleep(for: Self.watchingTime)
        let before = sampler.statistics
        let sample = try await sampler.poll(at: now())
        let allowed = sampler.plan.serverTime
        let left = sampler.serverTimeLeft.values.min() ?? allowed
        return (
            sample,
            PollCost(
                serverTime: max(.zero, allowed - left), commands: sampler.statistics.commands - before.commands,
                bytes: sampler.statistics.bytesReceived - before.bytesReceived)
        )
    }

    /// Asks one server one thing.
    package mutating func ask(_ command: RedisCommand, of node: String) async throws(RedisClientError) -> RedisExchange
    {
        try await sampler.ask([command], of: node)
    }

    /// The shortest and the median of some round trips of the cheapest command.
    package mutating func roundTrips(to node: String) async throws(RedisClientError) -> (
        least: Duration, median: Duration
    ) {
        var times: [Duration] = []
        for _ in 0..<Self.roundTrips { times.append(try await ask(RedisCommand("TIME"), of: node).elapsed) }
        times.sort()
        return (times[0], times[times.count / 2])
    }

    /// What the server's configuration says of durability; nil where that may not be asked.
    package mutating func configuration(of node: String) async throws(RedisClientError) -> Durability.Configuration? {
        var configuration = Durability.Configuration()
        let fields: [(String, WritableKeyPath<Durability.Configuration, String?>)] = [
            ("save", \.save), ("appendfsync", \.appendfsync), ("min-replicas-to-write", \.minReplicasToWrite),
        ]
        for (name, path) in fields {
            let reply = try await ask(RedisCommand("CONFIG", "GET", name), of: node).replies[0]
            guard let pair = reply.elements else { return nil }
            if pair.count == 2, let value = pair[1].bytes {
                configuration[keyPath: path] = String(decoding: value, as: UTF8.self)
            }
        }
        return configuration
    }

    /// Who weir is to the server; nil where that may not be asked.
    package mutating func user(at node: String) async throws(RedisClientError) -> String? {
        let reply = try await ask(RedisCommand("ACL", "WHOAMI"), of: node).replies[0]
        return reply.bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Why no sentinel has named the primary; nil: one did, or there are none.
    package var sentinelError: RedisClientError? { sampler.sentinelError }

    package func endpoint(of node: String) -> RedisEndpoint? { sampler.endpoints[node] }

    package func speaksRESP3(_ node: String) async -> Bool { await sampler.speaksRESP3(node) }

    /// Whether all keys have been looked through.
    package var knowsAllStreams: Bool { !sampler.discovery.isUnderWay && sampler.discovery.error == nil }
}
