import RedisClient
import Sampling
import StreamModel
import TestSupport
import Testing

@Suite("What a user may not ask")
struct RightsTests {
    private static let whole = [
        "+info", "+time", "+scan", "+type", "+xlen", "+xpending", "+xrange", "+memory|usage", "+xinfo|stream",
        "+xinfo|groups", "+xinfo|consumers",
    ]

    /// A server with a user who has all rights but these, and the streams a:1 and b:1, of which a group was given two
    /// entries of five.
    private struct Stage {
        let server: RedisServer
        let client: ServerCommands

        init(_ program: ServerProgram, without rights: String..., keys: String = "~*") async throws {
            server = try await RedisServer(program: program.command)
            client = try await server.client()
            let left = RightsTests.whole.filter { !rights.contains(String($0.dropFirst())) }
            let user = ["ACL", "SETUSER", "weir", "on", ">pw", keys, "-@all", "+client"] + left
            try await client.send(user.map { Array($0.utf8) })
            for name in ["a:1", "b:1"] {
                for _ in 0..<5 { try await client.send("XADD", name, "*", "field", "value") }
                try await client.send("XGROUP", "CREATE", name, "g", "0")
                try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", name, ">")
            }
        }

        /// How often the server has refused something.
        func refusals() async throws -> Int {
            let log = try await client.send("ACL", "LOG", "1000").elements ?? []
            return log.reduce(0) { $0 + Int($1.elements?[1].integer ?? 0) }
        }
    }

    /// Refusals by the third poll: what was denied once is asked again only by the next pass of discovery.
    private func poll(_ sampler: inout Sampler, _ stage: Stage, refusals: Int) async throws -> TargetSample {
        for _ in 0..<2 { _ = try await sampler.poll(at: Timestamp(milliseconds: 0)) }
        let sample = try await sampler.poll(at: Timestamp(milliseconds: 0))
        #expect(try await stage.refusals() == refusals)
        sampler.beginDiscovery()
        _ = try await sampler.poll(at: Timestamp(milliseconds: 0))
        return sample
    }

    private func sampler(_ stage: Stage) async throws -> Sampler {
        try await Sampler.on(stage.server, as: "weir", streams: ["a:1", "b:1"])
    }

    @Test("Nothing: all is there", arguments: ServerProgram.all)
    func nothing(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        var sampler = try await sampler(stage)
        let sample = try await poll(&sampler, stage, refusals: 0)
        let stream = try #require(sample["a:1"])
        #expect(stream.length == 5)
        #expect(stream.currentCounters?.firstEntryID != nil)
        #expect(stream.groups.first?.pending == 2)
        #expect(stream.groups.first?.consumers?.map(\.pending) == [2])
        #expect(stream.groups.first?.pendingPage?.rows.count == 2)
        #expect(stream.memoryBytes == (try await stage.client.send("MEMORY", "USAGE", "a:1").integer))
        #expect(try await stage.refusals() == 0)
    }

    @Test("XINFO STREAM: length, groups, and the server's lag remain", arguments: ServerProgram.all)
    func stream(program: ServerProgram) async throws {
        let stage = try await Stage(program, without: "xinfo|stream")
        var sampler = try await sampler(stage)
        // One for each stream of the batch.
        let sample = try await poll(&sampler, stage, refusals: 2)
        let stream = try #require(sample["a:1"])
        #expect(stream.length == 5)
        #expect(stream.counters == nil)
        #expect(stream.groups.first?.reportedLag == (program.countsEntries ? 3 : nil))
        #expect(stream.groups.first?.consumers?.map(\.pending) == [2])
        #expect(try await stage.refusals() == 4, "the next pass has asked again")
    }

    @Test("XINFO GROUPS: XINFO STREAM FULL tells", arguments: ServerProgram.all)
    func groups(program: ServerProgram) async throws {
        let stage = try await Stage(program, without: "xinfo|groups", "xinfo|consumers")
        let whole = try await Stage(program)
        var (sampler, other) = (try await sampler(stage), try await self.sampler(whole))
        let sample = try await poll(&sampler, stage, refusals: 2)
        let complete = try await poll(&other, whole, refusals: 0)
        let stream = try #require(sample["a:1"])
        let expected = try #require(complete["a:1"])
        #expect(stream.length == 5)
        #expect(stream.currentCounters?.entriesAdded == expected.counters?.entriesAdded)
        #expect(stream.currentCounters?.firstEntryID != nil)
        let (group, wanted) = (try #require(stream.groups.first), try #require(expected.groups.first))
        #expect(group.error == nil)
        #expect(group.pending == 2)
        #expect(group.entriesRead == wanted.entriesRead)
        #expect(group.reportedLag == wanted.reportedLag)
        #expect(group.pendingPage?.rows.count == 2)
        let (consumer, model) = (try #require(group.consumers?.first), try #require(wanted.consumers?.first))
        #expect(consumer.name == Name("c"))
        #expect(consumer.pending == 2)
        #expect((0..<10_000).contains(consumer.idleMilliseconds))
        #expect((consumer.inactiveMilliseconds == nil) == (model.inactiveMilliseconds == nil))
    }

    @Test("XINFO CONSUMERS: it is the groups' error", arguments: ServerProgram.all)
    func consumers(program: ServerProgram) async throws {
        let stage = try await Stage(program, without: "xinfo|consumers")
        var sampler = try await sampler(stage)
        let sample = try await poll(&sampler, stage, refusals: 2)
        let group = try #require(sample["a:1"]?.groups.first)
        #expect(group.error == .noPermission(command: "XINFO CONSUMERS"))
        #expect(group.consumers == nil)
        #expect(group.pendingPage?.rows.count == 2)
        #expect(sample["a:1"]?.currentCounters != nil)
    }

    @Test("XPENDING: it is the groups' error", arguments: ServerProgram.all)
    func pending(program: ServerProgram) async throws {
        let stage = try await Stage(program, without: "xpending")
        var sampler = try await sampler(stage)
        let group = try #require(try await poll(&sampler, stage, refusals: 2)["a:1"]?.groups.first)
        #expect(group.error == .noPermission(command: "XPENDING"))
        #expect(group.consumers?.count == 1)
    }

    @Test("MEMORY USAGE: the memory is not known, and all else is", arguments: ServerProgram.all)
    func memory(program: ServerProgram) async throws {
        let stage = try await Stage(program, without: "memory|usage")
        var sampler = try await sampler(stage)
        let sample = try await poll(&sampler, stage, refusals: 2)
        #expect(sample["a:1"]?.memoryBytes == nil)
        #expect(sample["a:1"]?.currentCounters != nil)
        #expect(sample["a:1"]?.groups.first?.consumers?.count == 1)
    }

    @Test("INFO and TIME: the streams remain", arguments: ServerProgram.all)
    func node(program: ServerProgram) async throws {
        let stage = try await Stage(program, without: "info")
        var sampler = try await sampler(stage)
        let sample = try await poll(&sampler, stage, refusals: 1)
        #expect(try sample.nodes.first?.observation.get().identity == nil)
        #expect(sample.nodes.first?.clockOffsetMilliseconds != nil)
        #expect(sample["a:1"]?.currentCounters != nil)
    }

    @Test("XINFO: it is the streams' error", arguments: ServerProgram.all)
    func allOfXinfo(program: ServerProgram) async throws {
        let stage = try await Stage(program, without: "xinfo|stream", "xinfo|groups", "xinfo|consumers")
        var sampler = try await sampler(stage)
        let sample = try await poll(&sampler, stage, refusals: 4)
        #expect(sample.error("a:1") == .noPermission(command: "XINFO GROUPS"))
    }

    @Test("One stream's key: it is that stream's error alone", arguments: ServerProgram.all)
    func oneKey(program: ServerProgram) async throws {
        let stage = try await Stage(program, keys: "~a:*")
        var sampler = try await sampler(stage)
        // MEMORY USAGE and XLEN.
        let sample = try await poll(&sampler, stage, refusals: 2)
        #expect(sample.error("b:1") == .noPermission(command: "XLEN"))
        #expect(sample["a:1"]?.currentCounters != nil)
        #expect(sample["a:1"]?.groups.first?.consumers?.count == 1)

        try await stage.client.send("ACL", "SETUSER", "weir", "~b:*")
        sampler.beginDiscovery()
        #expect(try await sampler.poll(at: Timestamp(milliseconds: 0))["b:1"]?.length == 5)
    }
}
