import TestSupport
import Testing

@Suite("Two weirs that act on one stream", .serialized)
struct RemediationPairTests {
    /// What one of them has said of the group.
    private struct Testimony {
        var groups: Set<String> = []
        /// Of the consumers that were never heard of again.
        var dead: Set<String> = []
        var longestHold: Double?

        mutating func take(_ group: Snapshot.Group, hold: Double?) {
            groups.insert(group.status)
            dead.formUnion(group.consumers.filter { $0.consumer.hasPrefix("dying") }.compactMap(\.status))
            longestHold = hold.map { max($0, longestHold ?? 0) } ?? longestHold
        }
    }

    @Test("move each entry once, and neither takes the other's deeds for the work of the dead")
    func pair() async throws {
        let server = try await RedisServer()
        let workload = RescueWorkload(server: server, total: 6_000, pause: .milliseconds(100))
        let client = try PatientClient(server)
        _ = try await client.sendUntilAnswered([
            ["XGROUP", "CREATE", RescueWorkload.stream, RescueWorkload.group, "0", "MKSTREAM"]
        ])
        var weirs: [WeirProcess] = []
        for number in 0..<2 {
            let file = try RescueWorkload.configure(weir: number, of: server)
            weirs.append(try await .serving(["--config", file]))
        }
        let testimonies = try await withThrowingTaskGroup(of: Testimony?.self) { group in
            for number in 0..<2 {
                group.addTask {
                    try await workload.work(as: "worker-\(number)", taking: .milliseconds(30))
                    return nil
                }
            }
            for weir in weirs { group.addTask { try await Self.listen(to: weir) } }
            let deaths = (0..<2).map { number in
                Task { try await workload.die(as: "dying-\(number)", seed: UInt64(number)) }
            }
            try await workload.produce()
            deaths.forEach { $0.cancel() }
            for death in deaths { _ = await death.result }
            try await eventually(within: .seconds(30)) { try await workload.isDone(client) }
            group.cancelAll()
            return try await group.reduce(into: [Testimony]()) { if let testimony = $1 { $0.append(testimony) } }
        }

        let truth = try await workload.check(client)
        var moved = ["requeue": 0.0, "dead_letter": 0.0]
        for weir in weirs {
            let page = try await weir.metrics()
            for action in moved.keys {
                let labels = ["action": action, "result": "moved"]
                moved[action, default: 0] += page.value("weir_remediation_entries_total", labels) ?? 0
            }
            #expect(try await weir.actions().actions.allSatisfy { $0.result == "moved" })
        }
        #expect(moved == ["requeue": Double(truth.requeued), "dead_letter": Double(truth.buried)])
        #expect(testimonies.count == 2)
        for testimony in testimonies {
            #expect(testimony.dead.contains("stale") && !testimony.dead.contains("busy"), "\(testimony)")
            #expect(testimony.groups.isSubset(of: ["unknown", "ok", "lagging"]), "\(testimony)")
            #expect(try #require(testimony.longestHold) < 1, "\(testimony)")
        }
    }

    /// Looks at what it says until cancelled.
    private static func listen(to weir: WeirProcess) async throws -> Testimony {
        var testimony = Testimony()
        while !Task.isCancelled {
            let group = try await weir.snapshot().stream(RescueWorkload.stream)?.groups.first
            let hold = try await weir.metrics()
                .value("redis_stream_group_hold_seconds", ["stream": RescueWorkload.stream, "quantile": "0.99"])
            if let group { testimony.take(group, hold: hold) }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return testimony
    }
}
