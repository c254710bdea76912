import Platform
import RedisClient
import StreamModel

/// Samples one server: asks, decodes and accounts.
///
/// It knows no clock but the one that measures round trips.
struct NodeSampler: Sendable {
    let connection: RedisConnection
    let plan: SamplingPlan
    private var statistics = PollStatistics()
    /// The streams that are to be looked at: those of the target that are on this server.
    private(set) var watched: Set<Name> = []
    /// The same, by name.
    private(set) var order: [Name] = []
    /// What is remembered of each stream that is watched.
    var records: [Name: StreamRecord] = [:]
    /// Those of which there was no key, or no stream, when they were last asked for: they are watched by TYPE, which is no
    /// error for the server.
    var notStreams: Set<Name> = []
    /// Those whose keys this user may not see: not asked for again before the next pass of discovery.
    var refused: [Name: SampleError] = [:]
    var payloads = PayloadRota()
    var sweep = PendingSweep()
    var denials = Denials()
    var share: ServerShare
    /// What the server is, by the last INFO.
    private(set) var identity: ServerIdentity?
    /// The target's servers, as a stream on this one sees them.
    private(set) var servers = LiveServers(only: nil)
    /// Whether the streams' times to live matter, by the last INFO: nothing else is evicted.
    private(set) var asksExpiry = false
    /// The number of the poll under way, or of the last.
    private(set) var pollNumber: UInt64 = 0
    /// Batches of streams that the polls have looked at.
    var beat: UInt64 = 0
    /// Those of groups and consumers that this poll has seen, each kept once: each reply has its own copies, and with the same
    /// workers on many streams they would be a good part of what is kept.
    var names: Set<Name> = []
    /// What of the share one stream has lately taken; nil: not known, or what may be asked is to be found out anew.
    var timePerStream: Duration?
    /// Whether a poll has succeeded yet.
    private(set) var hasPolled = false
    /// Why it could not be sampled when that was last tried; nil: it could, or it was not tried yet.
    private(set) var failure: RedisClientError?
    /// What it answered when the connection was to take its name, where it did not let it.
    private var nameRefusal: RedisErrorReply?
    /// The attempt to reach it again, once it could not be reached; while it lasts the connection answers nobody.
    private var opening: Background<Result<Void, RedisClientError>>?
    /// Whether what is asked at present is about keys that another server is still responsible for.
    private var isAsking = false

    init(connection: RedisConnection, plan: SamplingPlan) {
        self.connection = connection
        self.plan = plan
        share = ServerShare(perPoll: plan.serverTime)
    }

    var node: String { connection.endpoint.node }

    /// Begins a poll: connects where that is needed, and asks for the server's own figures.
    ///
    /// `patience`: how long a server that could not be reached before may take to connect until the poll goes on without
    /// it; nil: as long as it takes.
    ///
    /// An error means, here and below, that the connection is gone, or that the server as a whole refuses; what concerns
    /// one stream is in the results.
    mutating func begin(
        at now: Timestamp, isDiscovering: Bool, patience: Duration?
    ) async throws(RedisClientError) -> NodeSample {
        try await connect(patience)
        pollNumber += 1
        // What a small keyspace holds is there in the first poll; later, nobody waits for discovery.
        share.beginPoll(reservingForDiscovery: isDiscovering && hasPolled)
        payloads.beginPoll()
        let (observation, offset) = try await sampleNode(at: now)
        // What another server shows may be the same, and yet not what became of what was.
        if identity != observation.identity { forgetLooks() }
        identity = observation.identity
        asksExpiry = observation.memory.eviction == .expiringKeys
        return NodeSample(node: node, observation: .success(observation), clockOffsetMilliseconds: offset)
    }

    /// Looks at these streams from now on, and forgets all others.
    mutating func watch(_ streams: Set<Name>) {
        guard streams != watched else { return }
        watched = streams
        order = streams.sorted()
        records = records.filter { streams.contains($0.key) }
        refused = refused.filter { streams.contains($0.key) }
        notStreams.formIntersection(streams)
        payloads.keep(streams)
        sweep.keep(streams)
    }

    /// The commands that weir may not send it, or that it does not know, and what it said.
    var denied: [String: SampleError] {
        var denied = denials.latest
        if let nameRefusal { denied["CLIENT SETNAME"] = SampleError(nameRefusal, to: "CLIENT SETNAME") }
        return denied
    }

    /// Takes notice of all servers of the target, by their runs.
    mutating func meet(_ runIDs: Set<String>) {
        servers = LiveServers(own: identity, runIDs: runIDs)
    }

    /// What was sent and received, each counted once.
    mutating func takeTraffic() -> PollStatistics {
        defer { statistics = PollStatistics() }
        return statistics
    }

    /// The poll has looked at all that it looks at here.
    mutating func endPoll() {
        share.endPoll()
        hasPolled = true
        failure = nil
    }

    /// The server could not be sampled: what is left of the connection is not used again.
    mutating func fail(_ error: RedisClientError) async {
        failure = error
        // What this poll saw of the streams is shown to nobody, and is not what the next is to be held against.
        forgetLooks()
        if opening == nil { await connection.close() }
    }

    private mutating func forgetLooks() {
        for name in records.keys { records[name]?.known = nil }
    }

    private mutating func connect(_ patience: Duration?) async throws(RedisClientError) {
        if opening == nil, await connection.isOpen { return }
        try await open(patience)
        nameRefusal = await connection.nameRefusal
    }

    private mutating func open(_ patience: Duration?) async throws(RedisClientError) {
        if opening == nil {
            guard failure != nil, patience != nil else { return try await connection.open() }
            opening = Background { [connection] in
                do throws(RedisClientError) {
                    try await connection.open()
                    return .success(())
                } catch {
                    return .failure(error)
                }
            }
        }
        let result = await opening?.value(within: patience ?? .zero)
        guard let result else { throw failure ?? .closed }
        opening = nil
        try result.get()
    }

    /// Looks at streams that another server has said are here now, or on their way here.
    ///
    /// Those on their way belong to the other one until all keys of their slot have moved, and each command about them has to
    /// say that this is known.
    mutating func sampleRedirected(
        _ redirected: [Name], _ wish: ProbeWish
    ) async throws(RedisClientError) -> StreamResults {
        isAsking = true
        defer { isAsking = false }
        var results: StreamResults = [:]
        var seen: SeenStreams = []
        var probing = ProbeBudget()
        try await sample(redirected, &probing, wish, &seen, &results)
        // A slot may be on its way for long, and until then its streams are seen here alone.
        try await sweepPending(&seen)
        remember(seen)
        results.add(seen)
        return results
    }

    /// Asks again for what was denied.
    mutating func forgetDenials() {
        denials.beginPass()
        timePerStream = nil
        refused = [:]
    }

    /// One step of a look through the keys.
    mutating func scan(_ commands: [RedisCommand]) async throws(RedisClientError) -> [RedisReply] {
        try await exchange(commands).replies
    }

    /// Asks what somebody wants to know beside the polls.
    ///
    /// `asking`: about keys that another server is still responsible for.
    mutating func answer(_ commands: [RedisCommand], asking: Bool) async throws(RedisClientError) -> RedisExchange {
        isAsking = asking
        defer { isAsking = false }
        return try await exchange(commands)
    }

    /// Sends a pipeline and accounts for it.
    ///
    /// An error reply is thrown only where it concerns the whole server.
    mutating func exchange(_ commands: [RedisCommand]) async throws(RedisClientError) -> RedisExchange {
        try await exchange([RedisRequest(commands)]) { $1 }[0]
    }

    /// Sends pipelines one after the other, has the replies to each read while the server is at work on the next, and accounts
    /// for them.
    ///
    /// `withinShare`: none is sent any more once the poll's share is spent, but for the first.
    mutating func exchange<Answer: Sendable>(
        _ requests: [RedisRequest], withinShare: Bool = false,
        _ read: @escaping @Sendable (Int, RedisExchange) -> Answer
    ) async throws(RedisClientError) -> [Answer] {
        try await receive(send(requests, withinShare: withinShare, read))
    }

    /// Sends pipelines, and does not wait for the answers: they are to be received before anything else is.
    func send<Answer: Sendable>(
        _ requests: [RedisRequest], withinShare: Bool, _ read: @escaping @Sendable (Int, RedisExchange) -> Answer
    ) -> PipelinesUnderWay<Answer> {
        let limit = PipelineLimit(
            bytesUnderWay: SamplingPlan.bytesUnderWay, time: withinShare ? share.left : nil,
            networkTime: share.networkTime)
        return PipelinesUnderWay(requests, limit, on: connection, isAsking: isAsking, read)
    }

    /// Waits for the answers to pipelines that were sent, and accounts for them.
    mutating func receive<Answer>(_ pipelines: PipelinesUnderWay<Answer>) async throws(RedisClientError) -> [Answer] {
        let readings = try await pipelines.readings()
        for (request, reading) in zip(pipelines.requests, readings) {
            statistics.commands += UInt64(request.commands.count)
            statistics.bytesSent += UInt64(reading.bytesSent)
            statistics.bytesReceived += UInt64(reading.bytesReceived)
            statistics.roundTrip.record(seconds: reading.elapsed / .seconds(1))
            share.charge(reading.elapsed, followed: reading.followed)
            try note(reading.errors, in: request.commands)
        }
        return readings.map(\.answer)
    }

    private mutating func note(
        _ errors: [Int: RedisErrorReply], in commands: [RedisCommand]
    ) throws(RedisClientError) {
        if errors.isEmpty, denials.latest.isEmpty { return }
        for (index, command) in commands.enumerated() {
            if let error = errors[index], error.concernsServer { throw RedisClientError(error, to: command.name) }
            denials.note(errors[index], to: command)
        }
    }
}
