import RedisClient
import Sampling
import StreamHealth
import StreamModel
import TestSupport
import Testing

@Suite("More streams than weir's share of the server's time reaches for")
struct ShareTests {
    private static let streams = 10_000
    private static let busy = 200
    private static let polls = 12
    /// 2 % of 5 s.
    private static let share = 0.1

    @Test("weir keeps to its share, looks at the restless at each poll and at each of the others in turn")
    func share() async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await Self.fill(client)
        var sampler = try await Sampler.on(server, share: .seconds(Self.share))
        while sampler.discovery.isUnderWay { _ = try await sampler.discoverStep() }
        var state = TargetState(
            TargetState.Configuration(
                name: "t", node: server.node, database: 0, consumerSeries: 50, staleAfterMilliseconds: 1_000_000))
        let busy = Set((0..<Self.busy).map { Name("busy:\($0)") })
        var lastLook: [Name: Int] = [:]
        var looks: [Int] = []
        var longestGap = 0
        var preferring = 0
        var now = Timestamp(milliseconds: 0)
        var serverSeconds = 0.0
        for poll in 1...Self.polls {
            try await Self.work(client)
            now = Timestamp(milliseconds: Int64(poll) * 5_000)
            let first = state.restlessStreams
            let before = try await client.serverSeconds()
            let sample = try await sampler.poll(at: now, first: first)
            serverSeconds += try await client.serverSeconds() - before
            _ = state.ingest(sample, startedAt: now, at: now)
            looks.append(sample.streams.count)
            if first.isSuperset(of: busy) {
                preferring += 1
                #expect(busy.allSatisfy { sample.streams[$0] != nil }, "poll \(poll)")
            }
            for name in sample.streams.keys {
                longestGap = max(longestGap, poll - (lastLook[name] ?? 0))
                lastLook[name] = poll
            }
        }
        let perPoll = serverSeconds / Double(Self.polls)
        let fewest = try #require(looks.min())
        print("\(perPoll * 1000) ms of the server per poll, \(fewest) streams or more, each within \(longestGap) polls")
        // The share is of the exchanges' time, of which the server's part is less; INFO and TIME come on top.
        #expect(perPoll <= Self.share)
        #expect(preferring >= Self.polls / 2)
        #expect(lastLook.count == Self.streams, "all were looked at")
        // Who is not busy shares what is left.
        #expect(longestGap <= Self.streams / max(1, fewest - Self.busy - 64) + 2)

        let ages = state.snapshot(at: now, polling: sampler.statistics).streams.map { ($0.name, $0.sampleAgeSeconds) }
        for (name, age) in ages {
            #expect(age == lastLook[name].map { Double(Self.polls - $0) * 5 }, "\(name)")
        }
    }

    private static func fill(_ client: ServerCommands) async throws {
        let script = """
            for i = tonumber(ARGV[2]), tonumber(ARGV[3]) - 1 do
              redis.call("XADD", ARGV[1] .. i, "*", "f", "v")
              redis.call("XGROUP", "CREATE", ARGV[1] .. i, "g", "$")
            end
            """
        try await client.send("EVAL", script, "0", "busy:", "0", "\(busy)")
        for start in stride(from: 0, to: streams - busy, by: 1_000) {
            try await client.send("EVAL", script, "0", "quiet:", "\(start)", "\(min(start + 1_000, streams - busy))")
        }
    }

    /// An entry for each of the busy.
    private static func work(_ client: ServerCommands) async throws {
        let script = #"for i = 0, ARGV[1] - 1 do redis.call("XADD", "busy:" .. i, "*", "f", "v") end"#
        try await client.send("EVAL", script, "0", "\(busy)")
    }
}

extension ServerCommands {
    /// Processor time that the server has used.
    fileprivate func serverSeconds() async throws -> Double {
        let lines = String(decoding: try await send("INFO", "cpu").bytes ?? [], as: UTF8.self)
            .split(whereSeparator: \.isNewline)
        return ["used_cpu_user:", "used_cpu_sys:"].reduce(0) { sum, name in
            sum + (lines.first { $0.hasPrefix(name) }.flatMap { Double($0.dropFirst(name.count)) } ?? 0)
        }
    }
}
