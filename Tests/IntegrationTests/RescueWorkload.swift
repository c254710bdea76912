import RedisClient
import Synchronization
import TestSupport

/// Producers, consumers that do their work, and consumers that die with entries in hand, on one stream.
struct RescueWorkload: Sendable {
    static let stream = "orders"
    static let group = "shippers"
    static let deadLetters = "orders:dead"

    let server: RedisServer
    let truth = EntryTruth()
    let total: Int
    /// Between a hundred entries and the next.
    let pause: Duration

    /// Entries that no consumer can process.
    static func isPoison(_ number: Int) -> Bool { number % 1_000 == 7 }

    /// Adds all entries, a hundred at a time.
    func produce() async throws {
        let client = try PatientClient(server)
        for start in stride(from: 0, to: total, by: 100) {
            var attempt = 0
            var numbers = Array(start..<min(start + 100, total))
            while !numbers.isEmpty {
                let commands = numbers.map { number in
                    RedisCommand(
                        "XADD", key: Array(Self.stream.utf8),
                        then: [Array("*".utf8)] + EntryTruth.body(number, attempt: attempt))
                }
                let replies = try await client.send(commands)
                numbers = replies.map { zip(numbers, $0).filter { $0.1.error != nil }.map(\.0) } ?? numbers
                attempt += 1
            }
            try await Task.sleep(for: pause)
        }
    }

    /// Reads, processes and acknowledges until cancelled; what it cannot process it tries three times, and forgets.
    ///
    /// `taking`: from reading to acknowledging.
    func work(as name: String, taking time: Duration = .zero) async throws {
        let client = try PatientClient(server)
        while !Task.isCancelled {
            let read = ["XREADGROUP", "GROUP", Self.group, name, "COUNT", "100", "BLOCK", "50", "STREAMS", Self.stream]
            let reply = try await client.send([read + [">"]])
            var entries = reply?[0].entries ?? []
            // What was handed out to it and did not arrive.
            if reply == nil { entries = try await client.sendUntilAnswered([read + ["0"]])[0].entries }
            var done: [String] = []
            for entry in entries {
                guard let identity = truth.identity(of: entry.fields) else { continue }
                if Self.isPoison(identity.number) {
                    let claim = ["XCLAIM", Self.stream, Self.group, name, "0", entry.id, "RETRYCOUNT", "3", "JUSTID"]
                    _ = try await client.send([claim])
                } else {
                    truth.process(identity.number)
                    done.append(entry.id)
                }
            }
            if time > .zero { try? await Task.sleep(for: time) }
            try await acknowledge(done, by: client)
        }
    }

    private func acknowledge(_ ids: [String], by client: PatientClient) async throws {
        guard !ids.isEmpty else { return }
        var isFirstTime = true
        let commands = ids.map { ["XACK", Self.stream, Self.group, $0] }
        while true {
            guard let replies = try await client.send(commands) else {
                isFirstTime = false
                continue
            }
            for (id, reply) in zip(ids, replies) {
                let isPending = reply.integer == 1
                if isFirstTime, !isPending { truth.fault("\(id) was taken from a consumer that was at work on it") }
                truth.acknowledge(id, isCertain: isPending)
            }
            return
        }
    }

    /// One after the other reads some entries and is never heard of again.
    func die(as name: String, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let client = try PatientClient(server)
        var number = 0
        while !Task.isCancelled {
            number += 1
            let count = Int.random(in: 1...60, using: &random)
            _ = try await client.send([
                [
                    "XREADGROUP", "GROUP", Self.group, "\(name)-\(number)", "COUNT", "\(count)", "STREAMS", Self.stream,
                    ">",
                ]
            ])
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...300, using: &random)))
        }
    }
}

extension RedisReply {
    struct Entry {
        var id: String
        var fields: [RedisReply]
    }

    /// Of `XREADGROUP` on one stream.
    var entries: [Entry] { elements?.first?.elements?.last?.rangeEntries ?? [] }

    /// Of `XRANGE`.
    var rangeEntries: [Entry] {
        (elements ?? []).compactMap { entry in
            guard let parts = entry.elements, parts.count == 2, let id = parts[0].bytes, let fields = parts[1].elements
            else { return nil }
            return Entry(id: String(decoding: id, as: UTF8.self), fields: fields)
        }
    }
}
