import StreamModel
import TestSupport
import Testing

/// What happens to streams and groups between polls is told apart, with the count and the command that puts it right.
@Suite("Events")
struct StreamEventTests {
    private func server(_ program: ServerProgram) async throws -> Scene {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        for id in 1...10 { try await client.send("XADD", "orders", "\(id)-0", "f", "v") }
        try await client.send("XGROUP", "CREATE", "orders", "shippers", "0")
        return Scene(server: server, client: client, watch: try await Watch(server, streams: ["orders"]))
    }

    private func read(_ count: Int, _ client: ServerCommands) async throws {
        try await client.send("XREADGROUP", "GROUP", "shippers", "c", "COUNT", "\(count)", "STREAMS", "orders", ">")
    }

    @Test("nothing happens where only reading, adding, trimming and acknowledging does", arguments: ServerProgram.all)
    func quiet(_ program: ServerProgram) async throws {
        var scene = try await server(program)
        try await scene.watch.poll()
        for _ in 0..<3 {
            try await read(2, scene.client)
            try await scene.watch.poll()
            #expect(scene.watch.events.isEmpty)
        }
        try await scene.client.send("XADD", "orders", "11-0", "f", "v")
        try await scene.client.send("XTRIM", "orders", "MAXLEN", "3")
        try await scene.watch.poll()
        #expect(scene.watch.events.isEmpty)
    }

    @Test(
        "a stream that is deleted and made anew is recreated, and its group has vanished", arguments: ServerProgram.all)
    func recreated(_ program: ServerProgram) async throws {
        var scene = try await server(program)
        try await read(2, scene.client)
        try await scene.watch.poll()
        try await scene.client.send("DEL", "orders")
        try await scene.client.send("XADD", "orders", "5-0", "f", "v")
        try await scene.watch.poll()
        #expect(scene.watch.events.map(\.kind) == [.recreated, .vanished])
        #expect(scene.watch.events.map(\.restore) == [nil, nil])
    }

    @Test("a group that is set back is rewound", arguments: ServerProgram.all)
    func rewound(_ program: ServerProgram) async throws {
        var scene = try await server(program)
        try await read(6, scene.client)
        try await scene.watch.poll()
        try await scene.client.send("XGROUP", "SETID", "orders", "shippers", "2-0")
        let group = try await scene.watch.group("shippers")
        #expect(
            scene.watch.happenings == [
                Watch.Happening(
                    kind: .rewound, group: Name("shippers"), entries: 4,
                    restore: "XGROUP SETID orders shippers 6-0")
            ])
        #expect(group?.entriesLost == 0 && group?.lag == .exact(8))
    }

    @Test("a group that is set forward without a read is skipped, and has lost nothing", arguments: ServerProgram.all)
    func skipped(_ program: ServerProgram) async throws {
        var scene = try await server(program)
        try await read(2, scene.client)
        try await scene.watch.poll()
        // Where R does not tell (before 7.0), the consumer's idle time does: longer than since the last poll.
        try await Task.sleep(for: .milliseconds(60))
        try await scene.watch.poll()
        try await scene.client.send("XGROUP", "SETID", "orders", "shippers", "7-0")
        let group = try await scene.watch.group("shippers")
        #expect(
            scene.watch.happenings == [
                Watch.Happening(
                    kind: .skipped, group: Name("shippers"), entries: 5,
                    restore: "XGROUP SETID orders shippers 2-0")
            ])
        #expect(group?.entriesSkipped == 5 && group?.entriesLost == 0)
    }

    @Test(
        "a group that had consumers and is gone has vanished; one that had none is just gone",
        arguments: ServerProgram.all)
    func vanished(_ program: ServerProgram) async throws {
        var scene = try await server(program)
        try await scene.client.send("XGROUP", "CREATE", "orders", "nobody", "0")
        try await read(3, scene.client)
        try await scene.watch.poll()
        try await scene.client.send("XGROUP", "DESTROY", "orders", "shippers")
        try await scene.client.send("XGROUP", "DESTROY", "orders", "nobody")
        try await scene.watch.poll()
        #expect(
            scene.watch.happenings == [
                Watch.Happening(
                    kind: .vanished, group: Name("shippers"), entries: nil,
                    restore: "XGROUP CREATE orders shippers 3-0")
            ])
    }

    @Test(
        "a server killed after a save has rolled back: lost writes, and entries to be delivered twice",
        arguments: ServerProgram.all)
    func rolledBack(_ program: ServerProgram) async throws {
        var scene = try await server(program)
        try await read(8, scene.client)
        try await scene.client.send("SAVE")
        for id in 11...14 { try await scene.client.send("XADD", "orders", "\(id)-0", "f", "v") }
        try await read(6, scene.client)
        try await scene.watch.poll()
        scene.server.kill()
        await scene.watch.missPoll()
        try await scene.server.restart()
        let group = try await scene.watch.group("shippers")
        let hasCounters = group?.entriesRead != nil
        #expect(
            scene.watch.happenings == [
                Watch.Happening(kind: .rolledBack, group: nil, entries: hasCounters ? 4 : nil, restore: nil),
                Watch.Happening(kind: .rolledBack, group: Name("shippers"), entries: 2, restore: nil),
            ])
        #expect(group?.entriesLost == 0)
    }

    @Test(
        "a server that comes back empty has rolled back, whether or not its streams have been added to again",
        arguments: ServerProgram.all,
        [["XADD", "orders", "*", "f", "v"], ["XGROUP", "CREATE", "orders", "x", "0", "MKSTREAM"], nil])
    func empty(_ program: ServerProgram, again: [String]?) async throws {
        var scene = try await server(program)
        try await read(8, scene.client)
        try await scene.watch.poll()
        let hasCounters = try await scene.watch.group("shippers")?.entriesRead != nil
        scene.server.kill()
        await scene.watch.missPoll()
        try await scene.server.restart()
        let client = try await scene.server.client()
        if let again { try await client.send(again.map { Array($0.utf8) }) }
        try await scene.watch.poll()
        let events = scene.watch.happenings.filter { $0.kind != .vanished }
        // Before 7.0 nothing tells new entries with higher IDs from the old ones.
        let isSeen = hasCounters || again?.first != "XADD"
        #expect(
            events == (isSeen ? [Watch.Happening(kind: .rolledBack, group: nil, entries: hasCounters ? 10 : nil)] : []))
        try await scene.watch.poll()
        #expect(scene.watch.events.isEmpty)
    }

    @Test("a restart that loses nothing is no event", arguments: ServerProgram.all)
    func restarted(_ program: ServerProgram) async throws {
        var scene = try await server(program)
        try await read(8, scene.client)
        try await scene.client.send("SAVE")
        try await scene.watch.poll()
        scene.server.kill()
        await scene.watch.missPoll()
        try await scene.server.restart()
        try await scene.watch.poll()
        #expect(scene.watch.events.isEmpty)
    }
}
