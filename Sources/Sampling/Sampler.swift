package import RedisClient
package import StreamModel

/// Samples one server: asks, decodes and accounts.
///
/// It knows no clock but the one that measures round trips.
package struct Sampler: Sendable {
    let connection: RedisConnection
    let plan: SamplingPlan
    package internal(set) var discovery: Discovery
    package var statistics = PollStatistics()
    /// What is remembered of each stream that is watched.
    var records: [Name: StreamRecord] = [:]
    var payloads = PayloadRota()
    var sweep = PendingSweep()
    var denials = Denials()
    var share: ServerShare
    /// What the server is, by the last INFO.
    var identity: ServerIdentity?
    /// Whether the streams' times to live matter, by the last INFO: nothing else is evicted.
    var asksExpiry = false
    /// The number of the poll under way, or of the last.
    private(set) var pollNumber: UInt64 = 0
    /// Batches of streams that the polls have looked at.
    var beat: UInt64 = 0
    /// Whether a poll has succeeded yet.
    private var hasPolled = false

    package init(connection: RedisConnection, selection: StreamSelection, plan: SamplingPlan) {
        self.connection = connection
        self.plan = plan
        discovery = Discovery(selection)
        share = ServerShare(perPoll: plan.serverTime)
    }

    /// One poll.
    ///
    /// `now` is weir's clock. Where the poll's share of the server's time does not reach for all streams, those in
    /// `first` are preferred. `probing` says which groups to look at more closely.
    ///
    /// An error means that the connection is gone, or that the server as a whole refuses; what concerns one stream is
    /// in the sample.
    package mutating func poll(
        at now: Timestamp, first: Set<Name> = [], probing wish: @escaping ProbeWish = { _, _, _ in ProbeRequest() }
    ) async throws(RedisClientError) -> TargetSample {
        do {
            pollNumber += 1
            // What a small keyspace holds is there in the first poll; later, nobody waits for discovery.
            let isFirst = !hasPolled
            share.beginPoll(reservingForDiscovery: discovery.isUnderWay && !isFirst)
            payloads.beginPoll()
            let (node, offset) = try await sampleNode(at: now)
            identity = node.identity
            asksExpiry = node.memory.eviction == .expiringKeys
            while isFirst, discovery.isUnderWay, !share.isSpent { try await discover() }
            let streams = try await sampleStreams(first, wish)
            for (name, result) in streams where result == .failure(.noSuchKey) { discovery.forget(name) }
            share.endPoll()
            hasPolled = true
            let nodeSample = NodeSample(
                node: connection.endpoint.node, observation: .success(node), clockOffsetMilliseconds: offset,
                streams: streams)
            var sample = TargetSample(
                nodes: [nodeSample], watched: discovery.watched, notSampled: discovery.notSampled,
                discoveryError: discovery.error)
            sample.namesNotSampled = discovery.namesNotSampled
            sample.hasLookedEverywhere = discovery.hasFinishedOnce
            return sample
        } catch {
            discovery.abandonPass()
            throw error
        }
    }

    /// Starts a pass over the keys, unless one is under way, and asks again for what was denied; called at discovery's
    /// own cadence.
    package mutating func beginDiscovery() {
        denials = Denials()
        for name in records.keys { records[name]?.refusal = nil }
        discovery.begin()
    }

    /// The server's time that discovery may take until the next poll.
    package var discoveryAllowance: Duration { share.forDiscovery }

    /// One step of the pass that is under way, and the server's time that it took.
    ///
    /// An error means what one from `poll` means.
    package mutating func discoverStep() async throws(RedisClientError) -> Duration {
        do {
            let before = share.left
            if discovery.isUnderWay { try await discover() }
            return before - share.left
        } catch {
            discovery.abandonPass()
            throw error
        }
    }

    private mutating func discover() async throws(RedisClientError) {
        discovery.ingest(try await exchange(discovery.nextCommands()).replies)
    }

    /// Sends a pipeline and accounts for it.
    ///
    /// An error reply is thrown only where it concerns the whole server.
    mutating func exchange(_ commands: [RedisCommand]) async throws(RedisClientError) -> RedisExchange {
        statistics.commands += UInt64(commands.count)
        let exchange = try await connection.pipeline(commands)
        statistics.bytesSent += UInt64(exchange.bytesSent)
        statistics.bytesReceived += UInt64(exchange.bytesReceived)
        statistics.roundTrip.record(seconds: exchange.elapsed / .seconds(1))
        share.charge(exchange.elapsed)
        for (command, reply) in zip(commands, exchange.replies) {
            guard let error = reply.error else { continue }
            if error.concernsServer { throw RedisClientError(error, to: command.name) }
            denials.note(error, to: command)
        }
        return exchange
    }
}
