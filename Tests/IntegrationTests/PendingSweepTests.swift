import RedisClient
import Sampling
import StreamHealth
import StreamModel
import TestSupport
import Testing

@Suite("The sweep over a large pending entries list, on a real server")
struct PendingSweepTests {
    private static let size = 1_000_000
    private static let rowsPerPoll = 20_000
    /// As docs/signals.md promises for the only large group of a node.
    private static let promised = size / rowsPerPoll
    private static let busy = 100
    private static let threshold = 2_000

    @Test("finds one stale consumer among 100 busy ones in time, and no command takes the server 2 ms")
    func staleConsumer() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await Self.fill(client)

        var sampler = Sampler(
            topology: .single(server.endpoint), timeout: .seconds(10),
            selection: StreamSelection(patterns: [Glob("s")], exclude: [], limit: 1),
            plan: SamplingPlan(pendingRows: Self.rowsPerPoll, payloadGuard: 16_384, serverTime: .seconds(60)))
        var state = TargetState(
            TargetState.Configuration(
                name: "t", node: server.node, database: 0, consumerSeries: 200, staleAfterMilliseconds: 60_000))
        var found: Int?
        for poll in 1...Self.promised + 5 {
            try await Self.work(client)
            let now = Timestamp(milliseconds: Int64(poll) * 5_000)
            _ = state.ingest(try await sampler.poll(at: now), startedAt: now, at: now)
            let group = try Self.group(state.snapshot(at: now, polling: sampler.statistics))
            let stale = group.consumers.filter { $0.maxPendingIdleSeconds ?? 0 >= 600 }
            #expect(stale.allSatisfy { $0.name == Name("stale") })
            if found == nil, !stale.isEmpty { found = poll }
            // The next sweep has only begun, and what the last one found still counts.
            #expect(poll < Self.promised || group.pending.coverageRatio == 1 && stale.count == 1)
        }
        // Its entries are the last of the list: the worst case.
        #expect(found == Self.promised)

        for command in try await client.slowCommandsOfWeir() {
            #expect(try await client.isQuick(command), "\(command.name) took the server 2 ms ten times in ten")
        }
    }

    private static func group(_ snapshot: TargetSnapshot) throws -> GroupSnapshot {
        try #require(snapshot.streams.first?.groups.first)
    }

    /// A million entries pending among the busy consumers, but for the last 100, which a consumer holds that has gone.
    private static func fill(_ client: ServerCommands) async throws {
        try await client.logSlowCommands(takingMicroseconds: nil)
        try await client.send("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM")
        for _ in 0..<10 {
            try await client.send("EVAL", "for i = 1, \(size / 10) do redis.call('XADD', 's', '*', 'f', 'v') end", "0")
        }
        let each = (size - 100) / busy
        for consumer in 0..<busy {
            _ = try await client.connection.pipeline([
                RedisCommand(
                    "XREADGROUP", "GROUP", "g", "busy-\(consumer)", "COUNT", "\(each)", "STREAMS", "s", ">")
            ])
        }
        let last = try await client.send("XREADGROUP", "GROUP", "g", "stale", "COUNT", "100", "STREAMS", "s", ">")
        let ids = last.elements?.first?.elements?.last?.elements?.compactMap { $0.elements?.first?.bytes } ?? []
        #expect(ids.count == 100)
        let idle = ["XCLAIM", "s", "g", "stale", "0"].map { Array($0.utf8) } + ids
        try await client.send(idle + ["IDLE", "600000", "JUSTID"].map { Array($0.utf8) })
        try await client.logSlowCommands(takingMicroseconds: threshold)
    }

    /// Each busy consumer reads one more entry, and acknowledges it.
    private static func work(_ client: ServerCommands) async throws {
        let commands = (0..<busy).flatMap { consumer in
            [
                RedisCommand("XADD", "s", "*", "f", "v"),
                RedisCommand("XREADGROUP", "GROUP", "g", "busy-\(consumer)", "COUNT", "1", "STREAMS", "s", ">"),
            ]
        }
        let replies = try await client.connection.pipeline(commands).replies
        let read = stride(from: 1, to: replies.count, by: 2).compactMap { index in
            replies[index].elements?.first?.elements?.last?.elements?.first?.elements?.first?.bytes
        }
        #expect(read.count == busy)
        try await client.send(["XACK", "s", "g"].map { Array($0.utf8) } + read)
    }
}
