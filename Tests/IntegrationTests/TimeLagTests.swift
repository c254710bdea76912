import RedisClient
import StreamModel
import TestSupport
import Testing

/// How late a group is: the age of the first entry that it was not given, by the server's clock.
@Suite("Time lag")
struct TimeLagTests {
    private func server(_ program: ServerProgram, ages: [UInt64]) async throws -> Scene {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        let parts = try await client.send("TIME").elements ?? []
        let seconds = try #require(parts.first?.bytes.flatMap { UInt64(String(decoding: $0, as: UTF8.self)) })
        for age in ages { try await client.send("XADD", "orders", "\((seconds - age) * 1000)-0", "f", "v") }
        try await client.send("XGROUP", "CREATE", "orders", "shippers", "0")
        return Scene(server: server, client: client, watch: try await Watch(server, streams: ["orders"]))
    }

    private func read(_ count: Int, _ client: ServerCommands) async throws {
        try await client.send("XREADGROUP", "GROUP", "shippers", "c", "COUNT", "\(count)", "STREAMS", "orders", ">")
    }

    @Test(
        "is that of the first entry, of the next one as the group reads, and 0 at the end", arguments: ServerProgram.all
    )
    func advances(_ program: ServerProgram) async throws {
        var scene = try await server(program, ages: [300, 200, 100])
        for age in [300.0, 200, 100] {
            let seconds = try #require(try await scene.watch.group("shippers")?.lagSeconds)
            #expect((age - 0.5...age + 5).contains(seconds))
            try await read(1, scene.client)
        }
        #expect(try await scene.watch.group("shippers")?.lagSeconds == 0)
    }

    @Test("follows a deletion of the entry that was next", arguments: ServerProgram.all)
    func deleted(_ program: ServerProgram) async throws {
        var scene = try await server(program, ages: [300, 200, 100])
        try await read(1, scene.client)
        try await scene.watch.poll()
        let entries = try await scene.client.send("XRANGE", "orders", "-", "+").elements ?? []
        let second = try #require(entries[1].elements?.first?.bytes)
        try await scene.client.send([Array("XDEL".utf8), Array("orders".utf8), second])
        let seconds = try #require(try await scene.watch.group("shippers")?.lagSeconds)
        #expect((99.5...105).contains(seconds))
    }

    @Test("is unknown where the IDs are not a clock's", arguments: ServerProgram.all)
    func unclocked(_ program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        for id in 1...3 { try await client.send("XADD", "orders", "\(id)-0", "f", "v") }
        try await client.send("XGROUP", "CREATE", "orders", "shippers", "0")
        var watch = try await Watch(server, streams: ["orders"])
        let group = try await watch.group("shippers")
        #expect(group?.lagSeconds == nil && group?.lag == .exact(3))
    }
}
