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
        let workload = RescueWorkload(server: server, total: Self.entries, pause: .milliseconds(30))
        let client = try PatientClient(server)
        _ = try await client.sendUntilAnswered([
            ["XGROUP", "CREATE", RescueWorkload.stream, RescueWorkload.group, "0", "MKSTREAM"]
        ])

        try await withThrowingTaskGroup(of: Void.self) { outer in
            for number in 0..<2 {
                outer.addTask { try await Self.keepKilling(weir: number, of: server, seed: seed &+ UInt64(number)) }
            }
            for number in 0..<3 { outer.addTask { try await workload.work(as: "worker-\(number)") } }
            // Most of the time it holds something that is not to be taken, although it is not seen for longer than a window.
            outer.addTask { try await workload.work(as: "slow", taking: RescueWorkload.minIdle / 2) }
            try await withThrowingTaskGroup(of: Void.self) { deaths in
                for number in 0..<2 {
                    deaths.addTask { try await workload.die(as: "dying-\(number)", seed: seed &+ UInt64(number)) }
                }
                try await withThrowingTaskGroup(of: Void.self) { production in
                    production.addTask { try await workload.produce() }
                    try await eventually(within: .seconds(60)) { workload.truth.processed.count > Self.entries / 2 }
                    server.kill()
                    try await server.restart()
                    try await production.waitForAll()
                }
                deaths.cancelAll()
                while let result = await deaths.nextResult() {
                    if case .failure(let error) = result, !(error is CancellationError) { throw error }
                }
            }
            try await eventually(within: .seconds(90)) { try await workload.isDone(client) }
            outer.cancelAll()
            while let result = await outer.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
        try await workload.check(client)
    }

    /// Starts a weir, kills it a while later, and again until cancelled.
    private static func keepKilling(weir number: Int, of server: RedisServer, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let file = try RescueWorkload.configure(weir: number, of: server)
        while !Task.isCancelled {
            let weir = try await WeirProcess(["--config", file, "--listen", "127.0.0.1:0"])
            try? await Task.sleep(for: .milliseconds(Int.random(in: 1_000...8_000, using: &random)))
            weir.signal(9)
            _ = try await weir.exitStatus(within: .seconds(5))
        }
    }
}
