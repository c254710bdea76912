package import RedisClient
package import StreamModel

/// Samples one target: its servers in parallel, each on a connection of its own.
///
/// It knows no clock but the one that measures round trips.
package struct Sampler: Sendable {
    /// How long a poll of a cluster waits for a node that could not be reached before: the others are to go on.
    static let patience = Duration.milliseconds(100)

    package let plan: SamplingPlan
    let dialer: RedisDialer
    var primaries: Primaries
    /// By their names.
    var nodes: [String: NodeSampler] = [:]
    var places: StreamPlaces
    package internal(set) var discovery: Discovery
    package var statistics = PollStatistics()
    /// Whether a pass over the keys is to begin as soon as the servers are known.
    var isPassDue = false
    /// Whether a poll has succeeded yet.
    private(set) var hasPolled = false

    /// `timeout`: for connecting, and for each exchange as a whole.
    package init(topology: RedisTopology, timeout: Duration, selection: StreamSelection, plan: SamplingPlan) {
        self.plan = plan
        dialer = RedisDialer(timeout: timeout)
        primaries = Primaries(topology, dialer: dialer)
        places = StreamPlaces(areInCluster: topology.isCluster)
        discovery = Discovery(selection)
    }

    /// Ends what is under way, and everything later, from any thread: weir stops.
    package func interrupt() { dialer.interrupt() }

    package var isInterrupted: Bool { dialer.isInterrupted }

    /// Why no sentinel has named the primary when they were last asked; nil: one did, or there are none.
    ///
    /// The one that was known before is sampled all the same.
    package var sentinelError: RedisClientError? { primaries.lookupError }

    /// The servers that the last poll has sampled, or tried to, by their names.
    package var endpoints: [String: RedisEndpoint] { nodes.mapValues(\.connection.endpoint) }

    /// One poll.
    ///
    /// `now` is weir's clock. Where the poll's share of a server's time does not reach for all streams, those in
    /// `first` are preferred. `probing` says what to look at more closely.
    ///
    /// An error means that none of the servers could be sampled; what concerns one of them, or one stream, is in the sample.
    package mutating func poll(
        at now: Timestamp, first: Set<Name> = [], probing wish: @escaping ProbeWish = { _, _, _ in ProbeRequest() }
    ) async throws(RedisClientError) -> TargetSample {
        do throws(RedisClientError) {
            var poll = try await begin(at: now)
            if isPassDue { beginPass() }
            // What a small keyspace holds is there in the first poll; later, nobody waits for discovery.
            if !hasPolled { await discoverAtFirst(&poll) }
            places.update(discovery, primaries.slots, nodes: nodes.keys)
            await sampleStreams(first, wish, &poll)
            await followRedirections(at: now, wish, &poll)
            try poll.throwIfAllFailed(naming: primaries.mayChange)
            hasPolled = true
            return end(poll)
        } catch {
            discovery.abandonPass()
            throw error
        }
    }

    /// Starts a pass over the keys, unless one is under way, asks again for what was denied, and looks again for the
    /// cluster's nodes; called at discovery's own cadence.
    package mutating func beginDiscovery() {
        for node in nodes.keys { nodes[node]?.forgetDenials() }
        primaries.expire()
        isPassDue = true
        if !nodes.isEmpty { beginPass() }
    }

    /// The servers' time that discovery may take until the next poll, on each of them.
    package var discoveryAllowance: Duration {
        nodes.values.lazy.filter { $0.failure == nil }.map(\.share.forDiscovery).min() ?? plan.serverTime / 4
    }

    /// One step of the pass that is under way, on each server that it has not looked through yet, and the most that it took
    /// of a server's time.
    ///
    /// An error means what one from `poll` means.
    package mutating func discoverStep() async throws(RedisClientError) -> Duration {
        let before = nodes.mapValues(\.share.left)
        let failures = await scan(discovery.nodesUnderWay)
        if let failure = failures.values.first, nodes.values.allSatisfy({ $0.failure != nil }) {
            discovery.abandonPass()
            throw failure
        }
        return nodes.map { (before[$0.key] ?? .zero) - $0.value.share.left }.max() ?? .zero
    }
}
