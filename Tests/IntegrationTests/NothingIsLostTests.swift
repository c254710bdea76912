import RedisClient
import TestSupport
import Testing

/// Two weirs in `act` on one stream, and everything killed at random: an entry is processed or a dead letter in the end.
@Suite("Remediation, whatever is killed", .serialized)
struct NothingIsLostTests {
    private static let entries = 50_000

    @Test("loses no entry and moves none twice", arguments: [1])
    func nothingIsLost(seed: UInt64) async throws {
        print("seed \(seed)")
        let server = try await RedisServer(["--appendonly", "yes", "--appendfsync", "always"])
        let workload = RescueWorkload(server: server, total: Self.entries)
        let client = try PatientClient(server)
        _ = try await client.sendUntilAnswered([
            ["XGROUP", "CREATE", RescueWorkload.stream, RescueWorkload.group, "0", "MKSTREAM"]
        ])

        try await withThrowingTaskGroup(of: Void.self) { outer in
            for number in 0..<2 {
                outer.addTask { try await Self.keepKilling(weir: number, of: server, seed: seed &+ UInt64(number)) }
            }
            for number in 0..<3 { outer.addTask { try await workload.work(as: "worker-\(number)") } }
            try await withThrowingTaskGroup(of: Void.self) { deaths in
                for number in 0..<2 {
                    deaths.addTask { try await workload.die(as: "dying-\(number)", seed: seed &+ UInt64(number)) }
                }
                try await withThrowingTaskGroup(of: Void.self) { production in
                    production.addTask { try await workload.produce() }
                    try await eventually(within: .seconds(60)) { workload.truth.processed.count > Self.entries / 3 }
                    server.kill()
                    try await server.restart()
                    try await production.waitForAll()
                }
                deaths.cancelAll()
                while let result = await deaths.nextResult() {
                    if case .failure(let error) = result, !(error is CancellationError) { throw error }
                }
            }
            try await eventually(within: .seconds(90)) { try await Self.isDone(workload, client) }
            outer.cancelAll()
            while let result = await outer.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
        try await check(workload, client)
    }

    /// Starts a weir, kills it a while later, and again until cancelled.
    private static func keepKilling(weir number: Int, of server: RedisServer, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let text =
            configuration(server.target("test", "streams: [\"\(RescueWorkload.stream)\"]"))
                + """
                state_dir: \(server.folder.path)/state-\(number)
                health: {window: 1s, stale_after: 1s}
                remediation:
                  mode: act
                  entries_per_cycle: 2000
                  entries_per_hour: 1000000
                  policies:
                    - {name: rescue, stream: \(RescueWorkload.stream), group: "*", action: requeue, min_idle: 2s}
                    - {name: dead, stream: \(RescueWorkload.stream), group: "*", action: dead_letter, min_idle: 2s,
                       after_deliveries: 3, to_stream: "\(RescueWorkload.deadLetters)"}

                """
        let file = try server.folder.write(text, to: "weir-\(number).yaml")
        while !Task.isCancelled {
            let weir = try await WeirProcess(["--config", file, "--listen", "127.0.0.1:0"])
            try? await Task.sleep(for: .milliseconds(Int.random(in: 1_000...8_000, using: &random)))
            weir.signal(9)
            _ = try await weir.exitStatus(within: .seconds(5))
        }
    }

    /// Nothing waits and nothing is pending.
    private static func isDone(_ workload: RescueWorkload, _ client: PatientClient) async throws -> Bool {
        let replies = try await client.sendUntilAnswered([
            ["XPENDING", RescueWorkload.stream, RescueWorkload.group], ["XINFO", "GROUPS", RescueWorkload.stream],
        ])
        let group = replies[1].elements?.first?.elements ?? []
        let lag = group.indices.first { group[$0].bytes == Array("lag".utf8) }.flatMap { group[$0 + 1].integer }
        return replies[0].elements?.first?.integer == 0 && lag == 0
    }

    private func check(_ workload: RescueWorkload, _ client: PatientClient) async throws {
        let truth = workload.truth
        var copies: [EntryTruth.Identity: Int] = [:]
        var ids: [EntryTruth.Identity: [String]] = [:]
        var next = "-"
        while true {
            let page = try await client.sendUntilAnswered([
                ["XRANGE", RescueWorkload.stream, next, "+", "COUNT", "5000"]
            ])[0].rangeEntries
            for entry in page {
                let identity = try #require(truth.identity(of: entry.fields))
                ids[identity, default: []].append(entry.id)
            }
            guard let last = page.last else { break }
            next = "(\(last.id)"
        }
        let dead = try await client.sendUntilAnswered([["XRANGE", RescueWorkload.deadLetters, "-", "+"]])[0]
            .rangeEntries
        var origins: Set<String> = []
        for entry in dead {
            let identity = try #require(truth.identity(of: entry.fields))
            #expect(RescueWorkload.isPoison(identity.number))
            copies[identity, default: 0] += 1
            let origin = try #require(entry.provenance["weir-id"])
            #expect(origins.insert(origin).inserted, "\(origin) was moved twice")
        }
        let buried = Set(copies.keys.map(\.number))
        let lost = (0..<Self.entries).filter { !truth.processed.contains($0) && !buried.contains($0) }
        #expect(lost.isEmpty, "\(lost.count) entries were lost, such as \(lost.prefix(3))")
        #expect(buried == Set((0..<Self.entries).filter(RescueWorkload.isPoison)))
        var requeued = 0
        for (identity, own) in ids {
            let made = own.count - 1 + copies[identity, default: 0]
            requeued += own.count - 1
            let allowed = truth.copies(of: own)
            #expect(allowed.contains(made), "\(identity): \(made) copies of \(own), where \(allowed) were to be made")
        }
        #expect(truth.faults.isEmpty, "\(truth.faults.count) faults, such as \(truth.faults.prefix(3))")
        #expect(requeued > 100, "hardly anything was requeued, so that nothing was tried")
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
