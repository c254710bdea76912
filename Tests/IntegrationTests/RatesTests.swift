import RedisClient
import StreamHealth
import StreamModel
import TestSupport
import Testing

/// Rates and forecasts against workloads of known rates on real servers.
///
/// Only weir's clock is the test's: a minute goes by in a moment.
@Suite("Rates and forecasts", .serialized)
struct RatesTests {
    /// What happens to the stream `s` and its group `g` in each second.
    struct Workload: Sendable {
        var added: Int
        var read: Int
        var acknowledged: Int
        /// MAXLEN after each second.
        var keeps: Int?
        /// What the stream holds, undelivered, when it begins.
        var backlog = 0
    }

    private struct Run {
        let client: ServerCommands
        var watch: Watch
        private let epoch = Timestamp(milliseconds: 1_790_000_000_000)
        private var pending: [[UInt8]] = []
        private(set) var second = 0

        init(_ program: ServerProgram, _ workload: Workload) async throws {
            let server = try await RedisServer(program: program.command)
            client = try await server.client()
            watch = try await Watch(server, streams: ["s"])
            self.server = server
            try await client.send("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM")
            try await add(workload.backlog)
        }

        private let server: RedisServer

        private func add(_ count: Int) async throws {
            // IDs of the test's clock: by the server's all would lie within a few milliseconds.
            let commands = (0..<count).map { index in
                let made = time.milliseconds - 1_000 + Int64(1_000 * index / count)
                return RedisCommand("XADD", "s", "\(made)-\(index)", "f", "v")
            }
            _ = try await client.connection.pipeline(commands)
        }

        /// One second of the workload.
        mutating func work(_ workload: Workload) async throws {
            second += 1
            try await add(workload.added)
            if workload.read > 0 {
                let reply = try await client.send(
                    "XREADGROUP", "GROUP", "g", "c", "COUNT", "\(workload.read)", "STREAMS", "s", ">")
                pending += (reply.elements?.first?.elements?.last?.elements ?? []).compactMap {
                    $0.elements?.first?.bytes
                }
            }
            let done = pending.prefix(workload.acknowledged)
            pending.removeFirst(done.count)
            if !done.isEmpty { try await client.send(["XACK", "s", "g"].map { Array($0.utf8) } + done) }
            if let keeps = workload.keeps { try await client.send("XTRIM", "s", "MAXLEN", "\(keeps)") }
        }

        private var time: Timestamp { epoch.advanced(byMilliseconds: Int64(second) * 1_000) }

        mutating func poll() async throws -> StreamSnapshot? {
            watch.clock = time
            return try await watch.poll().streams.first
        }

        /// Works on, polling every so many seconds, and gives the last look.
        mutating func run(
            _ workload: Workload, seconds: Int, polledAt isPolled: (Int) -> Bool = { $0.isMultiple(of: 5) }
        ) async throws -> (stream: StreamSnapshot, group: GroupSnapshot) {
            var last: StreamSnapshot?
            for _ in 0..<seconds {
                try await work(workload)
                if isPolled(second) { last = try await poll() }
            }
            let stream = try #require(last)
            return (stream, try #require(stream.groups.first))
        }
    }

    private func expect(_ value: Double?, near expected: Double, _ what: Comment) {
        guard let value else {
            Issue.record("nothing is said: \(what)")
            return
        }
        #expect(abs(value - expected) <= 0.1 * expected, "\(value), where \(expected) is right: \(what)")
    }

    /// Redis 6.0 does not tell trims from deletions.
    private func expectSeconds(_ margin: Double?, near expected: Double, on program: ServerProgram) {
        guard program.countsEntries else { return #expect(margin == nil) }
        expect(margin, near: expected, "margin in seconds")
    }

    private static let draining = Workload(added: 20, read: 25, acknowledged: 22, backlog: 500)

    @Test("are those of the workload, over a full window", arguments: ServerProgram.all)
    func rates(_ program: ServerProgram) async throws {
        var run = try await Run(program, Self.draining)
        let (stream, group) = try await run.run(Self.draining, seconds: 70)
        expect(stream.figures?.producedPerSecond, near: 20, "produced")
        expect(group.deliveredPerSecond, near: 25, "delivered")
        expect(group.acknowledgedPerSecond, near: 22, "acknowledged")
        #expect(group.isDraining == true)
        expect(group.drainSeconds, near: Double(500 - 70 * 5) / 5, "drain time")
        // The first look was after five seconds.
        #expect(group.entriesDelivered == Int64(65 * 25))
        #expect(group.entriesAcknowledged == Int64(65 * 22))
    }

    @Test("are not bent by polls that are late or missing", arguments: ServerProgram.all, UInt64(1)...2)
    func missing(_ program: ServerProgram, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let polled = Set((1...130).filter { _ in Int.random(in: 0..<9, using: &random) == 0 } + [130])
        var run = try await Run(program, Self.draining)
        let (stream, group) = try await run.run(Self.draining, seconds: 130) { polled.contains($0) }
        expect(stream.figures?.producedPerSecond, near: 20, "produced")
        expect(group.deliveredPerSecond, near: 25, "delivered")
        expect(group.acknowledgedPerSecond, near: 22, "acknowledged")
    }

    @Test("follow a change within a window", arguments: ServerProgram.all)
    func change(_ program: ServerProgram) async throws {
        var run = try await Run(program, Self.draining)
        _ = try await run.run(Self.draining, seconds: 70)
        let (stream, group) = try await run.run(Workload(added: 30, read: 18, acknowledged: 19), seconds: 65)
        expect(stream.figures?.producedPerSecond, near: 30, "produced")
        expect(group.deliveredPerSecond, near: 18, "delivered")
        expect(group.acknowledgedPerSecond, near: 19, "acknowledged")
        #expect(group.isDraining == false)
        #expect(group.drainSeconds == nil)
    }

    @Test("say how far trimming is from what was not read", arguments: ServerProgram.all)
    func trimmed(_ program: ServerProgram) async throws {
        // The group stays 300 behind on a stream of 1,000, trimmed at 20 a second.
        let workload = Workload(added: 20, read: 20, acknowledged: 20, keeps: 1_000)
        var run = try await Run(program, workload)
        for _ in 0..<15 { try await run.work(Workload(added: 20, read: 0, acknowledged: 0)) }
        let (stream, group) = try await run.run(workload, seconds: 110)
        #expect(stream.figures?.length == 1_000)
        expect(stream.figures?.producedPerSecond, near: 20, "produced")
        expect(group.trimMarginEntries.map { Double($0) }, near: 700, "margin")
        expectSeconds(group.trimMarginSeconds, near: 35, on: program)
        #expect(group.entriesLost == 0)
    }

    @Test("say how far trimming is from what was not acknowledged", arguments: ServerProgram.all)
    func trimmedPending(_ program: ServerProgram) async throws {
        // All is read at once, and acknowledged 400 entries later.
        var run = try await Run(program, Workload(added: 0, read: 0, acknowledged: 0))
        let workload = Workload(added: 20, read: 20, acknowledged: 20, keeps: 1_000)
        for _ in 0..<20 { try await run.work(Workload(added: 20, read: 20, acknowledged: 0)) }
        let (_, group) = try await run.run(workload, seconds: 110)
        #expect(group.pending.entries == 400)
        expect(group.trimMarginEntries.map { Double($0) }, near: 600, "margin")
        expectSeconds(group.trimMarginSeconds, near: 30, on: program)
    }

    @Test("do not take lost entries for delivered ones", arguments: ServerProgram.all)
    func losing(_ program: ServerProgram) async throws {
        // 20 a second come, 10 are read, and only 100 are kept.
        let workload = Workload(added: 20, read: 10, acknowledged: 10, keeps: 100)
        var run = try await Run(program, workload)
        let (_, group) = try await run.run(workload, seconds: 110)
        if let delivered = group.deliveredPerSecond { expect(delivered, near: 10, "delivered") }
        if let acknowledged = group.acknowledgedPerSecond { expect(acknowledged, near: 10, "acknowledged") }
        #expect((group.entriesDelivered ?? 0) <= Int64(run.second * 10))
        if program.name == "redis-7.0" { #expect((group.entriesLost ?? 0) > 900) }
    }

    @Test("see no danger where nothing is trimmed, or what is done with is deleted", arguments: ServerProgram.all)
    func untrimmed(_ program: ServerProgram) async throws {
        var run = try await Run(program, Self.draining)
        let (_, group) = try await run.run(Self.draining, seconds: 70)
        #expect(group.trimMarginSeconds == nil)
    }

    @Test("say when memory will run out", arguments: ServerProgram.all)
    func runway(_ program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        var watch = try await Watch(server, streams: ["s"], memoryLimitBytes: 1 << 30)
        let payload = String(repeating: "x", count: 100_000)
        func used() async throws -> Double {
            let text = String(decoding: try await client.send("INFO", "memory").bytes ?? [], as: UTF8.self)
            let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("used_memory:") }
            return try #require(line.flatMap { Double($0.dropFirst("used_memory:".count)) })
        }
        var runway: Double?
        let before = try await used()
        for second in stride(from: 0, through: 60, by: 5) {
            watch.clock = Timestamp(milliseconds: 1_790_000_000_000 + Int64(second) * 1_000)
            runway = try await watch.poll().nodes.first?.memoryRunwaySeconds
            guard second < 60 else { break }
            for key in 0..<10 { try await client.send("SET", "k:\(second):\(key)", payload) }
        }
        let rate = (try await used() - before) / 60
        expect(runway, near: (Double(1 << 30) - (try await used())) / rate, "memory runway")
        // What the server itself enforces comes first.
        try await client.send("CONFIG", "SET", "maxmemory", "100mb")
        watch.clock = Timestamp(milliseconds: 1_790_000_065_000)
        for key in 0..<10 { try await client.send("SET", "k:\(key)", payload) }
        let nearer = try await watch.poll().nodes.first?.memoryRunwaySeconds
        expect(nearer, near: (100 * 1_048_576 - (try await used())) / rate, "memory runway to maxmemory")
    }
}
