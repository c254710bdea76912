import RedisClient
import Sampling
import StreamHealth
import StreamModel
import TestSupport
import Testing

@Suite("Streams with large entries, on a real server", .serialized)
struct PayloadTests {
    private static let streams = 100
    private static let entryBytes = 1_000_000
    private static let polls = 40
    /// Redis 8, whose own lag is right without counters.
    private static let program = ServerProgram.all.first { $0.name == "redis-8.0" }

    @Test(
        "ship a hundredth at the most of what XINFO STREAM at each poll would, and their lags and lengths are right",
        .enabled(if: program != nil, "there is no Redis 8"), arguments: ["+memory|usage", "-memory"])
    func bytes(memory: String) async throws {
        let server = try await RedisServer(program: try #require(Self.program).command)
        let client = try await server.client()
        try await client.send("ACL", "SETUSER", "weir", "on", ">pw", "~*", "+@all", "-memory", memory)
        try await Self.fill(client)
        var sampler = try await Sampler.on(server, as: "weir")
        var state = TargetState(
            TargetState.Configuration(
                name: "t", node: server.node, database: 0, consumerSeries: 50, staleAfterMilliseconds: 60_000))
        var shown: Set<Name> = []
        for poll in 0..<Self.polls {
            try await client.send("EVAL", Self.script(#"redis.call("XADD", KEYS[1], "*", "f", body)"#), "1", "s\(poll)")
            let now = Timestamp(milliseconds: Int64(poll) * 5_000)
            let sample = try await sampler.poll(at: now)
            _ = state.ingest(sample, startedAt: now, at: now)
            #expect(sample.streams.count == Self.streams)
            for stream in state.snapshot(at: now, polling: sampler.statistics).streams {
                let number = try #require(Int(stream.name.text.dropFirst()))
                let added: Int64 = number <= poll ? 1 : 0
                #expect(stream.figures?.length == 2 + added)
                #expect(stream.groups.first?.lag == .exact(1 + added))
            }
            for (name, result) in sample.streams where try result.get().currentCounters != nil { shown.insert(name) }
        }
        let received = sampler.statistics.bytesReceived
        let everything = UInt64(Self.polls * Self.streams * 2 * Self.entryBytes)
        print("with \(memory): \(received) bytes of \(everything): \(Double(received) / Double(everything) * 100) %")
        #expect(received <= everything / 100)
        #expect(shown.count >= Self.polls / 2 - 1, "the others have their turn later")
    }

    /// What it does with `body`, a large entry's value.
    private static func script(_ step: String) -> String {
        #"local body = string.rep("x", \#(entryBytes)); \#(step)"#
    }

    /// Each with two entries, of which the group was given one.
    private static func fill(_ client: ServerCommands) async throws {
        let step = #"for i = 1, 2 do redis.call("XADD", KEYS[1], i .. "-0", "f", body) end"#
        for number in 0..<streams {
            try await client.send("EVAL", script(step), "1", "s\(number)")
            try await client.send("XGROUP", "CREATE", "s\(number)", "g", "1-0", "ENTRIESREAD", "1")
        }
    }

    @Test(
        "are not asked for anything more when they turn large, and are asked again when they are empty",
        arguments: ServerProgram.all)
    func turning(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await client.send("XADD", "s", "*", "f", "small")
        var sampler = try await Sampler.on(server, streams: ["s"])
        func poll() async throws -> (stream: StreamObservation, bytes: UInt64) {
            let before = sampler.statistics.bytesReceived
            let stream = try #require(try await sampler.poll(at: Timestamp(milliseconds: 0))["s"])
            return (stream, sampler.statistics.bytesReceived - before)
        }
        #expect(try await poll().stream.currentCounters != nil)
        try await client.send("XADD", "s", "*", "f", String(repeating: "x", count: 100_000))
        let large = try await poll()
        #expect(large.stream.currentCounters != nil)
        #expect(large.bytes > 100_000)
        try await client.send("XADD", "s", "*", "f", "small")
        for _ in 0..<5 {
            let (stream, bytes) = try await poll()
            #expect(bytes < 50_000)
            #expect(!stream.countersAreCurrent)
            #expect(stream.counters == large.stream.counters)
            #expect(stream.length == 3)
        }
        try await client.send("XTRIM", "s", "MAXLEN", "0")
        _ = try await poll()
        #expect(try await poll().stream.currentCounters?.lastEntryID == nil)
        #expect(try await poll().stream.countersAreCurrent)
    }
}
