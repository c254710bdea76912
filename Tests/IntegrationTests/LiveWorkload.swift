import RedisClient
import Synchronization
import TestSupport

/// A producer of 200 entries per second and a consumer that does them, which go on whatever becomes of the servers.
final class LiveWorkload: Sendable {
    static let group = "g"
    private let streams: [String]
    private let producer: any CommandSending
    private let consumer: any CommandSending
    private let refusals = Mutex(0)

    init(_ streams: [String], on cluster: TestCluster) {
        self.streams = streams
        (producer, consumer) = (cluster.client(), cluster.client())
    }

    /// On whichever server is the primary.
    init(_ streams: [String], on stage: TestSentinels) {
        self.streams = streams
        (producer, consumer) = (PrimaryCommands(stage), PrimaryCommands(stage))
    }

    /// Commands that were not done, or not answered.
    var refused: Int { refusals.withLock(\.self) }

    /// Makes the groups, and works until `body` ends.
    func run(_ body: () async throws -> Void) async throws {
        for stream in streams { try await producer.send("XGROUP", "CREATE", stream, Self.group, "0", "MKSTREAM") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.produce() }
            group.addTask { await self.consume() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    private func produce() async {
        let pause = Duration.milliseconds(5) * streams.count
        var next = ContinuousClock.now
        while !Task.isCancelled {
            for stream in streams { _ = await answer(to: words("XADD", stream, "*", "f", "v"), by: producer) }
            next = max(next + pause, .now)
            try? await Task.sleep(until: next, tolerance: .zero)
        }
    }

    private func consume() async {
        // What was given to it and did not arrive.
        var missed: Set<String> = []
        while !Task.isCancelled {
            for stream in streams {
                let place = missed.contains(stream) ? "0" : ">"
                let read = words("XREADGROUP", "GROUP", Self.group, "c", "COUNT", "100", "STREAMS", stream, place)
                guard let reply = await answer(to: read, by: consumer) else {
                    missed.insert(stream)
                    continue
                }
                missed.remove(stream)
                for entry in reply.entries {
                    let acknowledge = words("XACK", stream, Self.group, entry.id)
                    if await answer(to: acknowledge, by: consumer) == nil { missed.insert(stream) }
                }
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    private func answer(to command: [[UInt8]], by client: any CommandSending) async -> RedisReply? {
        do {
            return try await client.send(command)
        } catch {
            refusals.withLock { $0 += 1 }
            // Nobody is there: not to ask all the time.
            try? await Task.sleep(for: .milliseconds(5))
            return nil
        }
    }

    private func words(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }
}
