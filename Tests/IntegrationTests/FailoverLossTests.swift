import RedisClient
import TestSupport
import Testing

/// What weir says was lost is compared with what the servers had said to the test, and have.
@Suite("A replica that lags behind and is promoted")
struct FailoverLossTests {
    /// What one stream's producer and its consumer were told.
    private struct Told {
        var added: [String] = []
        var read: [String] = []
    }

    /// The first that counts entries, and the newest.
    private static let programs = ServerProgram.all.filter { ["system", "redis-7.0", "valkey-9.1"].contains($0.name) }

    @Test(
        "has lost what weir had seen and it has not, and will deliver again what it has and they had read: so many exactly",
        arguments: programs)
    func counted(program: ServerProgram) async throws {
        let stage = try await TestSentinels(program, sentinels: 1)
        let (old, new) = (stage.nodes[0], stage.nodes[1])
        let client = try await old.client()
        // To the one nothing is added any more.
        var told: [String: Told] = ["busy": Told(), "quiet": Told()]
        for stream in told.keys {
            try await client.lay(stream, entries: 0)
            try await work(on: stream, adding: 50, reading: 20, by: client, &told)
        }
        try await client.send("WAIT", "1", "5000")
        let weir = try await WeirProcess.following(
            stage.url, in: old.server.folder,
            "health: {window: 2s, stale_after: 1s}\nrules: {MemoryUnlimited: false}\n")
        try await weir.metrics { $0.all("redis_stream_entries_added_total").map(\.value) == [50, 50] }

        // It gets none of what follows, not even what would wait in a socket.
        new.pause()
        try await client.send("CLIENT", "KILL", "TYPE", "replica")
        for stream in told.keys { try await work(on: stream, adding: 30, reading: 25, by: client, &told) }
        try await weir.metrics { page in
            page.all("redis_stream_entries_added_total").map(\.value) == [80, 80]
                && page.all("redis_stream_group_entries_read").map(\.value) == [45, 45]
        }
        old.kill()
        new.resume()
        try await eventually(within: .seconds(30)) {
            // Sentinel ends all connections to a server that it promotes.
            try await new.client().send("ROLE").elements?.first?.bytes == Array("master".utf8)
        }
        let promoted = try await new.client()
        for _ in 0..<200 { try await promoted.send("XADD", "busy", "*", "f", "v") }

        let events = try await eventually(within: .seconds(30)) {
            try await weir.snapshot().targets[0].events
        } until: {
            Set($0.map(\.stream)) == Set(told.keys)
        }
        let alerts = try await weir.alerts(of: "RolledBack") { $0.map(\.state) == ["firing", "firing"] }
        #expect(events.allSatisfy { $0.event == "rolled_back" })
        for (stream, told) in told {
            let there = Set(try await promoted.send("XRANGE", stream, "-", "+").rangeEntries.map(\.id))
            let lost = told.added.count { !there.contains($0) }
            let again = Set(told.read).intersection(try await read(1_000, of: stream, by: promoted)).count
            #expect(lost == 30 && again == 25)
            let own = events.filter { $0.stream == stream }
            #expect(own.filter { $0.group == nil }.map(\.entries) == [lost], "\(stream)")
            #expect(own.filter { $0.group == "g" }.map(\.entries) == [again], "\(stream)")
            let alert = try #require(alerts.first { $0.stream == stream })
            #expect(alert.description.contains("with \(stream) as it was before its last \(lost) entries."))
            #expect(alert.groups == "g: \(again) entries again")
        }
        let page = try await weir.metrics()
        #expect(page.all("redis_stream_group_entries_lost_total").allSatisfy { $0.value == 0 })
        #expect(page.all("redis_stream_group_entries_skipped_total").allSatisfy { $0.value == 0 })
    }

    private func work(
        on stream: String, adding: Int, reading: Int, by client: ServerCommands, _ told: inout [String: Told]
    ) async throws {
        for _ in 0..<adding {
            let id = try await client.send("XADD", stream, "*", "f", "v").bytes ?? []
            told[stream]?.added.append(String(decoding: id, as: UTF8.self))
        }
        told[stream]?.read += try await read(reading, of: stream, by: client)
    }

    /// Has a consumer read so many entries, and acknowledge them; gives their IDs.
    private func read(_ count: Int, of stream: String, by client: ServerCommands) async throws -> [String] {
        let reply = try await client.send("XREADGROUP", "GROUP", "g", "c", "COUNT", "\(count)", "STREAMS", stream, ">")
        let ids = reply.entries.map(\.id)
        try await client.send((["XACK", stream, "g"] + ids).map { Array($0.utf8) })
        return ids
    }
}
