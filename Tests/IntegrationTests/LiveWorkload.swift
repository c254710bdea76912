import RedisClient
import Synchronization
import TestSupport

/// A producer of 200 entries per second and a consumer that does them, which go on whatever becomes of the servers.
final class LiveWorkload: Sendable {
    private struct Counts {
        var added = 0
        var done = 0
        var refused = 0
    }

    static let group = "g"
    private let streams: [String]
    private let producer: any CommandSending
    private let consumer: any CommandSending
    private let counts = Mutex(Counts())

    init(_ streams: [String], on cluster: TestCluster) {
        self.streams = streams
        (producer, consumer) = (cluster.client(), cluster.client())
    }

    /// On whichever server is the primary.
    init(_ streams: [String], on stage: TestSentinels) {
        self.streams = streams
        (producer, consumer) = (PrimaryCommands(stage), PrimaryCommands(stage))
    }

    /// Entries that the servers have said to have.
    var added: Int { counts.withLock(\.added) }

    /// Entries that the servers have said to be acknowledged.
    var done: Int { counts.withLock(\.done) }

    /// Commands that were not done, or not answered.
    var refused: Int { counts.withLock(\.refused) }

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
            for stream in streams where await isDone(producer, words("XADD", stream, "*", "f", "v")) != nil {
                counts.withLock { $0.added += 1 }
            }
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
                guard let reply = await isDone(consumer, read) else {
                    missed.insert(stream)
                    continue
                }
                missed.remove(stream)
                for entry in reply.entries {
                    let answer = await isDone(consumer, words("XACK", stream, Self.group, entry.id))
                    if answer == nil { missed.insert(stream) }
                    if answer == .integer(1) { counts.withLock { $0.done += 1 } }
                }
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    private func isDone(_ client: any CommandSending, _ command: [[UInt8]]) async -> RedisReply? {
        do {
            return try await client.send(command)
        } catch {
            counts.withLock { $0.refused += 1 }
            // Nobody is there: not to ask all the time.
            try? await Task.sleep(for: .milliseconds(5))
            return nil
        }
    }

    private func words(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }
}
