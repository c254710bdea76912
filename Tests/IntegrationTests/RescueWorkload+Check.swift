import RedisClient
import StreamModel
import TestSupport
import Testing

/// The weirs that look after the workload, and what must be so in the end.
extension RescueWorkload {
    static let minIdle = Duration.seconds(3)

    /// Writes the configuration of one of the weirs; gives its path.
    static func configure(weir number: Int, of server: RedisServer) throws -> String {
        let idle = "min_idle: \(minIdle.components.seconds)s"
        let text =
            configuration(
                server.target("test", "streams: [\"\(stream)\"]"), poll: "timeout: 500ms, consumer_series: 1000")
            + "state_dir: \(server.folder.path)/state-\(number)\n"
            + remediation(
                "name: rescue, stream: \(stream), group: \"*\", action: requeue, \(idle)",
                "name: dead, stream: \(stream), group: \"*\", action: dead_letter, \(idle), after_deliveries: 3, "
                    + "to_stream: \"\(deadLetters)\"",
                keys: ["entries_per_cycle: 2000", "entries_per_hour: 1000000"])
        return try server.folder.write(text, to: "weir-\(number).yaml")
    }

    /// Whether nothing waits and nothing is pending.
    func isDone(_ client: PatientClient) async throws -> Bool {
        let replies = try await client.sendUntilAnswered([
            ["XPENDING", Self.stream, Self.group], ["XINFO", "GROUPS", Self.stream], ["XINFO", "STREAM", Self.stream],
        ])
        func id(_ name: String, _ fields: [RedisReply]?) -> [UInt8]? {
            fields?.firstIndex { $0.bytes == Array(name.utf8) }.flatMap { fields?[$0 + 1].bytes }
        }
        let delivered = id("last-delivered-id", replies[1].elements?.first?.elements)
        let generated = id("last-generated-id", replies[2].elements)
        return replies[0].elements?.first?.integer == 0 && delivered != nil && delivered == generated
    }

    /// Expects that every entry was processed or is a dead letter, intact and moved once each time; gives how many times
    /// entries were moved.
    @discardableResult
    func check(_ client: PatientClient) async throws -> (requeued: Int, buried: Int) {
        var copies: [EntryTruth.Identity: Int] = [:]
        var ids: [EntryTruth.Identity: [String]] = [:]
        var next = "-"
        while true {
            let page = try await client.sendUntilAnswered([["XRANGE", Self.stream, next, "+", "COUNT", "5000"]])[0]
                .rangeEntries
            for entry in page {
                let identity = try #require(truth.identity(of: entry.fields))
                ids[identity, default: []].append(entry.id)
            }
            guard let last = page.last else { break }
            // Before Redis 6.2 no range is exclusive.
            next = try #require(StreamID(Array(last.id.utf8))?.successor).description
        }
        let dead = try await client.sendUntilAnswered([["XRANGE", Self.deadLetters, "-", "+"]])[0].rangeEntries
        var origins: Set<String> = []
        for entry in dead {
            let identity = try #require(truth.identity(of: entry.fields))
            #expect(Self.isPoison(identity.number))
            copies[identity, default: 0] += 1
            let origin = try #require(entry.provenance["weir-id"])
            #expect(origins.insert(origin).inserted, "\(origin) was moved twice")
        }
        let buried = Set(copies.keys.map(\.number))
        let lost = (0..<total).filter { !truth.processed.contains($0) && !buried.contains($0) }
        #expect(lost.isEmpty, "\(lost.count) entries were lost, such as \(lost.prefix(3))")
        #expect(buried == Set((0..<total).filter(Self.isPoison)))
        var requeued = 0
        for (identity, own) in ids {
            let made = own.count - 1 + copies[identity, default: 0]
            requeued += own.count - 1
            let allowed = truth.copies(of: own)
            #expect(allowed.contains(made), "\(identity): \(made) copies of \(own), where \(allowed) were to be made")
        }
        #expect(truth.faults.isEmpty, "\(truth.faults.count) faults, such as \(truth.faults.prefix(3))")
        #expect(requeued > 100, "hardly anything was requeued, so that nothing was tried")
        return (requeued, dead.count)
    }
}

extension RedisReply.Entry {
    /// What weir has added to the fields.
    fileprivate var provenance: [String: String] {
        let added = fields.dropFirst(6).compactMap(\.bytes).map { String(decoding: $0, as: UTF8.self) }
        return Dictionary(
            stride(from: 0, to: added.count - 1, by: 2).map { (added[$0], added[$0 + 1]) }, uniquingKeysWith: { $1 })
    }
}
