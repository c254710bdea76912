internal import RedisClient

/// A slot on its way from one primary to another, in steps between which a test may look.
package struct SlotMigration: Sendable {
    package let slot: UInt16
    let source: TestNode
    let target: TestNode
    let password: String?
    let cluster: TestCluster

    /// From now on the source answers `ASK` about keys that it does not have.
    package func begin() async throws {
        try await setSlot("IMPORTING", try await id(of: source), on: target)
        try await setSlot("MIGRATING", try await id(of: target), on: source)
    }

    /// Moves so many of the slot's keys, or all that there are.
    package func moveKeys(_ count: Int = 10_000) async throws {
        let client = try await source.client()
        let keys = try await client.send("CLUSTER", "GETKEYSINSLOT", "\(slot)", "\(count)").elements ?? []
        guard !keys.isEmpty else { return }
        let words =
            ["MIGRATE", "127.0.0.1", "\(target.port)", "", "0", "5000"] + (password.map { ["AUTH", $0] } ?? [])
        try await client.send((words + ["KEYS"]).map { Array($0.utf8) } + keys.compactMap(\.bytes))
    }

    /// Gives the slot to the target, and returns once all nodes know: from now on the source answers `MOVED`.
    package func finish() async throws {
        let id = try await id(of: target)
        // First those who know that it is under way: otherwise, it might for a moment be nobody's.
        try await setSlot("NODE", id, on: target)
        try await setSlot("NODE", id, on: source)
        try await cluster.awaitAgreement()
    }

    /// All of it.
    package func run() async throws {
        try await begin()
        try await moveKeys()
        try await finish()
    }

    private func setSlot(_ state: String, _ id: String, on node: TestNode) async throws {
        try await node.client().send("CLUSTER", "SETSLOT", "\(slot)", state, id)
    }

    private func id(of node: TestNode) async throws -> String { try await node.client().text("CLUSTER", "MYID") }
}
