import RedisClient
import Sampling
import StreamModel
import TestSupport
import Testing

/// A sampler leaves alone what has not changed since its last look: what it then shows must be what one shows that has never
/// looked before.
@Suite("What is known from the last look, on real servers", .serialized)
struct KnownStreamTests {
    private static let tolerance: Int64 = 2_000

    @Test("is what a first look shows, whatever was done meanwhile", arguments: ServerProgram.all)
    func sameAsFresh(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        let (server, client) = (stage.server, stage.client)
        for stream in ["a", "b"] {
            try await client.lay(stream, entries: 20)
            try await client.send("XGROUP", "CREATE", stream, "h", "0")
        }
        var random = SplitMix64(seed: 7)
        var kept = try await Sampler.on(server)
        var known = 0
        for step in 0..<150 {
            if step % 3 != 0 { try? await Self.act(client, &random) }
            let now = Timestamp(milliseconds: Int64(step))
            let sample = try await kept.poll(at: now)
            var fresh = try await Sampler.on(server)
            let truth = try await fresh.poll(at: now)
            for stream in ["a", "b"] {
                let (seen, real) = (try #require(sample[stream]), try #require(truth[stream]))
                known += seen.groups.count { $0.agedMilliseconds != nil && $0.pending > 0 }
                #expect(Self.comparable(seen) == Self.comparable(real), "\(stream) after \(step) steps")
                for (group, truth) in zip(seen.groups, real.groups) { Self.expectSameAges(group, truth) }
            }
        }
        #expect(known > 30)
    }

    @Test("of groups in which nothing was done is not asked for again")
    func commands() async throws {
        let stage = try await Stage(.system)
        let (server, client) = (stage.server, stage.client)
        try await client.lay("s", entries: 5)
        try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", "s", ">")
        var sampler = try await Sampler.on(server)
        for second in 0..<3 {
            _ = try await sampler.poll(at: Timestamp(milliseconds: Int64(second)))
            try await Task.sleep(for: .milliseconds(20))
        }
        try await client.send("CONFIG", "RESETSTAT")
        let sample = try await sampler.poll(at: Timestamp(milliseconds: 3))
        #expect(sample["s"]?.groups.first?.pendingPage?.rows.count == 2)
        #expect(try await stage.calls()["xpending"] == nil)

        try await client.send("XCLAIM", "s", "g", "other", "0", "0-1")
        try await client.send("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", "0")
        let next = try await sampler.poll(at: Timestamp(milliseconds: 4))
        #expect(next["s"]?.groups.first?.pendingPage?.rows.map(\.deliveries) == [2, 2])
        #expect(try await stage.calls()["xpending"] == 1)
    }

    private static func act(_ client: ServerCommands, _ random: inout SplitMix64) async throws {
        let stream = ["a", "b"].randomElement(using: &random) ?? "a"
        let group = ["g", "h"].randomElement(using: &random) ?? "g"
        let consumer = "c\(Int.random(in: 0..<3, using: &random))"
        let rows = try await client.send("XPENDING", stream, group, "-", "+", "20").elements ?? []
        let id = rows.randomElement(using: &random)?.elements?.first?.bytes.map { String(decoding: $0, as: UTF8.self) }
        switch Int.random(in: 0..<14, using: &random) {
        case 0: try await client.send("XADD", stream, "*", "f", "v")
        case 1, 2, 3:
            try await client.send("XREADGROUP", "GROUP", group, consumer, "COUNT", "2", "STREAMS", stream, ">")
        case 4: try await client.send("XREADGROUP", "GROUP", group, consumer, "STREAMS", stream, "0")
        case 5: try await client.send("XACK", stream, group, id ?? "0-1")
        case 6: try await client.send("XCLAIM", stream, group, consumer, "0", id ?? "0-1")
        case 7: try await client.send("XCLAIM", stream, group, consumer, "0", id ?? "0-1", "IDLE", "90000", "JUSTID")
        case 8:
            try await client.send("XCLAIM", stream, group, consumer, "0", id ?? "0-1", "RETRYCOUNT", "7", "JUSTID")
        case 9: try await client.send("XDEL", stream, id ?? "0-1")
        case 10: try await client.send("XGROUP", "DELCONSUMER", stream, group, consumer)
        case 11: try await client.send("XGROUP", "CREATE", stream, "extra", "$")
        case 12: try await client.send("XGROUP", "DESTROY", stream, "extra")
        default: try await client.send("XGROUP", "SETID", stream, group, "0")
        }
    }

    /// Without what time alone changes, and what is asked for seldom.
    private static func comparable(_ stream: StreamObservation) -> StreamObservation {
        var stream = stream
        stream.memoryBytes = nil
        for group in stream.groups.indices {
            stream.groups[group].agedMilliseconds = nil
            stream.groups[group].consumers = stream.groups[group].consumers?.map { consumer in
                var consumer = consumer
                consumer.idleMilliseconds = 0
                consumer.inactiveMilliseconds = consumer.inactiveMilliseconds.map { _ in 0 }
                return consumer
            }
            stream.groups[group].pendingPage = stream.groups[group].pendingPage.map { page in
                var page = page
                for row in page.rows.indices { page.rows[row].idleMilliseconds = 0 }
                return page
            }
        }
        return stream
    }

    private static func expectSameAges(_ group: GroupObservation, _ truth: GroupObservation) {
        for (row, real) in zip(group.pendingPage?.rows ?? [], truth.pendingPage?.rows ?? []) {
            #expect(abs(row.idleMilliseconds - real.idleMilliseconds) < tolerance)
        }
        for (consumer, real) in zip(group.consumers ?? [], truth.consumers ?? []) {
            #expect(abs(consumer.idleMilliseconds - real.idleMilliseconds) < tolerance)
        }
    }
}
