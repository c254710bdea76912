import RedisClient
import Sampling
import StreamModel
import TestSupport
import Testing

@Suite("Finding streams among a million keys")
struct LargeKeyspaceTests {
    private static let keys = 1_000_000
    private static let slow = 5_000

    /// 1,000 streams among a million other keys; 800 of them are wanted.
    private func fill(_ client: ServerCommands) async throws {
        try await client.logSlowCommands(takingMicroseconds: nil)
        try await client.send("DEBUG", "POPULATE", "\(Self.keys)")
        let script = #"for i = 1, ARGV[2] do redis.call("XADD", ARGV[1] .. i, "*", "f", "v") end"#
        for (prefix, count) in [("orders:", 500), ("billing:", 300), ("orders:tmp:", 100), ("other:", 100)] {
            try await client.send("EVAL", script, "0", prefix, "\(count)")
        }
        try await client.send("XADD", "known", "*", "f", "v")
        try await client.logSlowCommands(takingMicroseconds: Self.slow)
    }

    @Test("They are all found, no command is slow, and streams that are known are sampled at each poll meanwhile")
    func million() async throws {
        let server = try await RedisServer(ServerProgram.system.debugging)
        let client = try await server.client()
        try await fill(client)
        let text = """
            targets:
              - {\(server.target("test", #"streams: [known, "orders:*", "billing:*"], exclude: ["*:tmp:*"]"#))}
            poll: {interval: 500ms, discovery_interval: 1s, redis_share: 20%}
            """
        let weir = try await WeirProcess.serving(["--config", try server.folder.write(text, to: "weir.yaml")])
        var polls: Set<Double> = []
        var ages: [Double] = []
        let start = ContinuousClock.now
        try await weir.metrics(within: .seconds(90)) { page in
            if let count = page.value("weir_polls_total", ["result": "success"]) { polls.insert(count) }
            ages += page.value("redis_stream_sample_age_seconds", ["stream": "known"]).map { [$0] } ?? []
            return page.value("weir_streams") == 801
        }
        let took = (ContinuousClock.now - start) / .seconds(1)
        print("found after \(took) s, in \(polls.count) polls")
        #expect(Double(polls.count) > took / 0.5 / 3, "polls went on")
        // The page is made when a poll ends.
        #expect(ages.allSatisfy { $0 < 0.5 }, "each has looked at it")

        // A newcomer waits for the rest of a pass, and for the next; what is deleted is gone at once.
        try await client.send("XADD", "orders:new", "*", "f", "v")
        try await weir.metrics(within: .seconds(90)) { $0.streams.contains("orders:new") }
        try await client.send("DEL", "orders:new", "orders:7")
        try await weir.metrics(within: .seconds(2)) { $0.value("weir_streams") == 800 }

        for command in try await client.slowCommandsOfWeir() {
            #expect(
                try await client.isQuick(command), "\(command.name) took the server \(Self.slow) us ten times in ten")
        }
    }

    @Test("A small keyspace is found in the first poll, a large one between the polls")
    func firstPoll() async throws {
        let server = try await RedisServer(ServerProgram.system.debugging)
        let client = try await server.client()
        try await client.send("XADD", "s1", "*", "f", "v")
        var sampler = try await Sampler.on(server, share: .milliseconds(100))
        #expect(try await sampler.poll(at: Timestamp(milliseconds: 0)).watched == [Name("s1")])

        try await client.send("XADD", "s2", "*", "f", "v")
        sampler.beginDiscovery()
        #expect(try await sampler.poll(at: Timestamp(milliseconds: 0)).watched == [Name("s1")])
        while sampler.discovery.isUnderWay { _ = try await sampler.discoverStep() }
        #expect(try await sampler.poll(at: Timestamp(milliseconds: 0)).streams.count == 2)
    }
}
