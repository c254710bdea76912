import RedisClient
import StreamHealth
import StreamModel
import TestSupport
import Testing

/// Workers that hold each entry for a known time, on real servers and by the real clock.
@Suite("Hold times", .serialized)
struct HoldTimesTests {
    private static let hold = Duration.milliseconds(800)

    /// Reads an entry, holds it, acknowledges it, and again, until it is cancelled.
    private static func work(_ name: String, on server: RedisServer) async throws {
        let client = try await server.client()
        while !Task.isCancelled {
            let reply = try await client.send("XREADGROUP", "GROUP", "g", name, "COUNT", "1", "STREAMS", "s", ">")
            guard let id = reply.elements?.first?.elements?.last?.elements?.first?.elements?.first?.bytes else {
                return
            }
            try? await Task.sleep(for: hold)
            try await client.send(["XACK", "s", "g"].map { Array($0.utf8) } + [id])
        }
    }

    @Test("are those of the workers, also when one has died with an entry", arguments: ServerProgram.all)
    func known(_ program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let client = try await server.client()
        try await client.send("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM")
        _ = try await client.connection.pipeline(
            Array(repeating: RedisCommand("XADD", "s", "*", "f", "v"), count: 200))
        try await client.send("XREADGROUP", "GROUP", "g", "dead", "COUNT", "1", "STREAMS", "s", ">")
        var health = HealthSettings()
        health.usual.windowMilliseconds = 3_000
        let hold = try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<6 { group.addTask { try await Self.work("w\(worker)", on: server) } }
            var watch = try await Watch(server, streams: ["s"], health: health)
            var hold: HoldQuantiles?
            // Two windows: the first rates come with a third of one.
            for _ in 0..<40 {
                hold = try await watch.group("g")?.hold
                try await Task.sleep(for: .milliseconds(150))
            }
            group.cancelAll()
            return hold
        }
        let seconds = Self.hold / .seconds(1)
        let seen = try #require(hold)
        #expect(abs(seen.medianSeconds - seconds) <= 0.15 * seconds, "\(seen)")
        #expect(abs(seen.p99Seconds - seconds) <= 0.15 * seconds, "\(seen)")
    }
}
