package import RedisClient
package import StreamModel

/// Samples one server: asks, decodes and accounts.
///
/// It knows no clock but the one that measures round trips.
package struct Sampler: Sendable {
    let connection: RedisConnection
    let plan: SamplingPlan
    package private(set) var discovery: Discovery
    package var statistics = PollStatistics()
    /// Counters of streams whose entries are too large to be asked for every time, and for how many polls they serve.
    var guarded: [Name: (counters: StreamCounters, pollsLeft: Int)] = [:]
    /// Names that were no stream when last asked for: they are watched by TYPE, which is no error for the server.
    var notStreams: Set<Name> = []
    /// What one entry of a stream takes in a reply, by the last look.
    var entryBytes: [Name: Int] = [:]
    /// XRANGE is not for this user: lags that need counting stay estimates.
    ///
    /// Tried again with each pass of discovery.
    var probingIsDenied = false
    /// What the server is, by the last INFO.
    private(set) var identity: ServerIdentity?
    var sweep = PendingSweep()
    /// The last stream of the last poll that did not get through all.
    private var resumeAfter: Name?
    /// The quickest exchange so far: what the network takes, as against the server.
    private var networkTime = Duration.seconds(1)

    package init(connection: RedisConnection, selection: StreamSelection, plan: SamplingPlan) {
        self.connection = connection
        self.plan = plan
        discovery = Discovery(selection)
    }

    /// Starts a pass over the keys at the next poll; called at discovery's own cadence.
    package mutating func beginDiscovery() {
        probingIsDenied = false
        discovery.begin()
    }

    /// One poll.
    ///
    /// `now` is weir's clock.
    ///
    /// An error means that the connection is gone, or that the server as a whole refuses; what concerns one stream is
    /// in the sample. `probing` says which groups to look at more closely.
    package mutating func poll(
        at now: Timestamp, probing wish: @escaping ProbeWish = { _, _, _ in [] }
    ) async throws(RedisClientError) -> TargetSample {
        do {
            let (node, offset) = try await sampleNode(at: now)
            identity = node.identity
            var budget = PollBudget(serverTime: plan.serverTime, probeBytes: SamplingPlan.probeBytes)
            try await discover(&budget)
            let streams = try await sampleStreams(&budget, wish)
            for (name, result) in streams where result == .failure(.noSuchKey) { discovery.forget(name) }
            return TargetSample(
                node: node, clockOffsetMilliseconds: offset,
                streams: streams.filter { discovery.watched.contains($0.key) }, watched: discovery.watched,
                notSampled: discovery.notSampled, discoveryError: discovery.error)
        } catch {
            discovery.abandonPass()
            throw error
        }
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
        networkTime = min(networkTime, exchange.elapsed)
        for (command, reply) in zip(commands, exchange.replies) {
            if let error = reply.error, error.concernsServer { throw RedisClientError(error, to: command.name) }
        }
        return exchange
    }

    private mutating func sampleNode(
        at now: Timestamp
    ) async throws(RedisClientError) -> (NodeObservation, clockOffset: Int64?) {
        let replies = try await exchange([RedisCommand("TIME"), RedisCommand("INFO")]).replies
        let time = try acceptDenial(of: "TIME", replies[0]).flatMap { Timestamp(time: $0) }
        let info = try acceptDenial(of: "INFO", replies[1])?.bytes ?? []
        let node = NodeObservation(info: String(decoding: info, as: UTF8.self))
        // INFO is answered while the data set is read from disk; nothing about the keys is.
        if node.persistence.loading == true { throw .loading }
        return (node, time?.milliseconds(since: now))
    }

    /// What the user may not ask for is not known, and costs no more than that.
    private func acceptDenial(of command: String, _ reply: RedisReply) throws(RedisClientError) -> RedisReply? {
        guard let error = reply.error else { return reply }
        guard error.code == "NOPERM" || error.message.hasPrefix("ERR unknown command") else {
            throw RedisClientError(error, to: command)
        }
        return nil
    }

    /// Steps through the pass that is under way, for as long as the poll may take the server's time; at least once.
    private mutating func discover(_ budget: inout PollBudget) async throws(RedisClientError) {
        while discovery.isUnderWay {
            let exchange = try await exchange(discovery.nextCommands())
            discovery.ingest(exchange.replies)
            budget.serverTime -= serverTime(of: exchange)
            if budget.serverTime <= .zero { return }
        }
    }

    /// Samples the streams in turn, in batches, going on where the last poll ended if it ran out of its share.
    private mutating func sampleStreams(
        _ budget: inout PollBudget, _ wish: ProbeWish
    ) async throws(RedisClientError) -> StreamResults {
        let order = discovery.watched.sorted()
        let start = resumeAfter.flatMap { last in order.firstIndex { $0 > last } } ?? 0
        var turn = Array(order[start...] + order[..<start])
        var results = try await sampleNotStreams()
        turn.removeAll { results[$0] != nil }
        var index = 0
        while index < turn.count, index == 0 || budget.serverTime > .zero {
            let batch = Array(turn[index..<min(turn.count, index + SamplingPlan.streamsPerBatch)])
            try await sample(batch, &budget, wish, into: &results)
            index += batch.count
        }
        try await sweepPending(&results, &budget)
        resumeAfter = index < turn.count ? turn[index - 1] : nil
        notStreams = Set(results.lazy.filter { $0.value.isNoStream }.map(\.key))
        entryBytes = entryBytes.filter { discovery.watched.contains($0.key) }
        guarded = guarded.filter { discovery.watched.contains($0.key) }
        sweep.keep(discovery.watched)
        return results
    }

    /// The server's part of what an exchange took.
    func serverTime(of exchange: RedisExchange) -> Duration {
        exchange.elapsed - networkTime
    }
}

/// What is left for the rest of one poll.
struct PollBudget {
    var serverTime: Duration
    var probeBytes: Int
}

extension Timestamp {
    /// Decodes `TIME`: seconds and microseconds.
    fileprivate init?(time reply: RedisReply) {
        let parts = (reply.elements ?? []).compactMap(\.bytes).map { Int64(String(decoding: $0, as: UTF8.self)) }
        // Beyond that it is no time, and would overflow.
        guard parts.count == 2, let seconds = parts[0], let microseconds = parts[1],
            (0...1_000_000_000_000).contains(seconds)
        else { return nil }
        self.init(milliseconds: seconds * 1000 + microseconds / 1000)
    }
}
