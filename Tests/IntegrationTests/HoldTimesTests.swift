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
    ///
    /// Gives how long it has truly held each: a busy machine wakes it late.
    private static func work(_ name: String, on server: RedisServer) async throws -> [Double] {
        var holds: [Double] = []
        let client = try await server.client()
        while !Task.isCancelled {
            let reply = try await client.send("XREADGROUP", "GROUP", "g", name, "COUNT", "1", "STREAMS", "s", ">")
            guard let id = reply.elements?.first?.elements?.last?.elements?.first?.elements?.first?.bytes else { break }
            let start = ContinuousClock.now
            try? await Task.sleep(for: hold)
            try await client.send(["XACK", "s", "g"].map { Array($0.utf8) } + [id])
            holds.append((ContinuousClock.now - start) / .seconds(1))
        }
        // The last was cut short.
        return holds.dropLast()
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
        let (hold, held) = try await withThrowingTaskGroup(of: [Double].self) { group in
            for worker in 0..<6 { group.addTask { try await Self.work("w\(worker)", on: server) } }
            var watch = try await Watch(server, streams: ["s"], health: health)
            var hold: HoldQuantiles?
            // Two windows: the first rates come with a third of one.
            for _ in 0..<40 {
                hold = try await watch.group("g")?.hold
                try await Task.sleep(for: .milliseconds(150))
            }
            group.cancelAll()
            var held: [Double] = []
            for try await holds in group { held += holds }
            return (hold, held.sorted())
        }
        let seen = try #require(hold)
        let (median, longest) = (held[held.count / 2], try #require(held.last))
        #expect((0.9 * median...1.1 * median).contains(seen.medianSeconds), "\(seen) of \(held)")
        #expect((0.9 * median...1.1 * longest).contains(seen.p99Seconds), "\(seen) of \(held)")
    }
}
