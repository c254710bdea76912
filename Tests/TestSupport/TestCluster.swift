package import RedisClient
internal import Synchronization

/// A real cluster on loopback ports, ended with this object.
///
/// `--cluster-node-timeout` is 2 s: a primary that has died is replaced after about 3 s.
package final class TestCluster: Sendable {
    struct Member: Sendable {
        let node: TestNode
        let id: String
    }

    /// Those whose clusters differ.
    package static let programs = ServerProgram.all.filter { ["system", "redis-6.0", "valkey-9.1"].contains($0.name) }

    private let program: ServerProgram
    private let access: TestAccess
    private let arguments: [String]
    private let state: Mutex<[Member]>

    /// Starts it, and returns once all slots are served and all replicas are linked.
    ///
    /// The slots are spread evenly over the primaries, in order. `arguments` are every server's, such as
    /// `--cluster-require-full-coverage`, `no`.
    package init(
        _ program: ServerProgram = .system, primaries: Int = 3, replicas: Int = 1, access: TestAccess = TestAccess(),
        _ arguments: String...
    ) async throws {
        self.program = program
        self.access = access
        self.arguments = arguments
        let count = primaries * (1 + replicas)
        let members = try await concurrently(count) { index in
            try await Self.start(program, access, arguments, epoch: index + 1)
        }
        state = Mutex(members)
        let clients = try await clients()
        for (index, client) in clients.prefix(primaries).enumerated() {
            let slots = 16_384 * index / primaries..<16_384 * (index + 1) / primaries
            // ADDSLOTSRANGE is of Redis 7.0.
            try await client.send((["CLUSTER", "ADDSLOTS"] + slots.map { "\($0)" }).map { Array($0.utf8) })
        }
        for (index, client) in clients.enumerated() {
            for other in members[..<index] {
                try await client.send("CLUSTER", "MEET", "127.0.0.1", "\(other.node.port)")
            }
        }
        try await awaitAcquaintance()
        for index in primaries..<count {
            let primary = members[(index - primaries) / replicas]
            try await clients[index].send("CLUSTER", "REPLICATE", primary.id)
        }
        try await awaitAgreement()
    }

    /// First the primaries that there were at the start, then the replicas of each of them in turn, then those added.
    package var nodes: [TestNode] { members.map(\.node) }

    package var addresses: [RedisEndpoint.Address] { nodes.map(\.address) }

    package var topology: RedisTopology { .cluster(seeds: addresses, access: access.access) }

    /// Such as `redis+cluster://127.0.0.1:7000,127.0.0.1:7001`; without the password.
    package var url: String { "\(access.scheme("cluster"))://\(nodes.map(\.name).joined(separator: ","))" }

    package func client() -> ClusterCommands { ClusterCommands(self, access.access) }

    /// The primaries among the nodes that run, as the first of these sees it; with slots, or all.
    package func primaries(withSlots: Bool = true) async throws -> [TestNode] {
        guard let first = members.first(where: \.node.isRunning) else { return [] }
        let view = try await ClusterView(of: try await first.node.client())
        return members.filter { member in
            guard member.node.isRunning, let seen = view.members[member.id], seen.primary == nil else { return false }
            return !withSlots || !seen.slots.isEmpty
        }.map(\.node)
    }

    /// Adds a primary without slots, which all others know once this returns.
    @discardableResult
    package func addPrimary() async throws -> TestNode {
        let known = members
        let new = try await Self.start(program, access, arguments, epoch: known.count + 1)
        state.withLock { $0.append(new) }
        let client = try await new.node.client()
        for other in known where other.node.isRunning {
            try await client.send("CLUSTER", "MEET", "127.0.0.1", "\(other.node.port)")
        }
        try await awaitAgreement()
        return new.node
    }

    /// Has a replica take its primary's place, in agreement with it, and returns once all know.
    package func failOver(to replica: TestNode) async throws {
        let client = try await replica.client()
        // Redis 6.0 takes an offset of 0 for one that it has not heard yet, and gives up.
        try await eventually(within: .seconds(30)) {
            try await !client.text("INFO", "replication").contains("slave_repl_offset:0\r")
        }
        try await client.send("CLUSTER", "FAILOVER")
        try await eventually(within: .seconds(30)) {
            try await client.text("INFO", "replication").contains("role:master")
        }
        try await awaitAgreement()
    }

    /// Waits until another node serves what the one that was killed or paused did, and all know.
    package func awaitReplacement(of lost: TestNode) async throws {
        guard let lost = members.first(where: { $0.node === lost }) else { return }
        let clients = try await clients()
        try await eventually(within: .seconds(60)) {
            for client in clients {
                let view = try await ClusterView(of: client)
                guard view.members[lost.id].map(\.slots) == [] else { return false }
            }
            return true
        }
        try await awaitAgreement()
    }

    /// Waits until those that run agree on who serves what, serve it, and are linked with their primaries.
    package func awaitAgreement() async throws {
        let clients = try await clients()
        let count = members.count
        try await eventually(within: .seconds(60)) {
            var views: [ClusterView] = []
            for client in clients {
                let isServing = try await client.text("CLUSTER", "INFO").contains("cluster_state:ok")
                let isLinked = try await !client.text("INFO", "replication").contains("master_link_status:down")
                guard isServing, isLinked else { return false }
                views.append(try await ClusterView(of: client))
            }
            return views.allSatisfy { !$0.meets && $0.members.count == count && $0 == views[0] }
        }
    }

    package func migration(of slot: UInt16, from source: TestNode, to target: TestNode) -> SlotMigration {
        SlotMigration(slot: slot, source: source, target: target, password: access.password, cluster: self)
    }

    var members: [Member] { state.withLock(\.self) }

    /// Of the nodes that run.
    private func clients() async throws -> [ServerCommands] {
        var clients: [ServerCommands] = []
        for node in nodes where node.isRunning { clients.append(try await node.client()) }
        return clients
    }

    private func awaitAcquaintance() async throws {
        let clients = try await clients()
        let count = members.count
        try await eventually(within: .seconds(30)) {
            for client in clients {
                let view = try await ClusterView(of: client)
                guard !view.meets, view.members.count == count else { return false }
            }
            return true
        }
    }

    /// Nodes that begin with the same epoch would have to settle it.
    private static func start(
        _ program: ServerProgram, _ access: TestAccess, _ arguments: [String], epoch: Int
    ) async throws -> Member {
        let own = [
            "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--repl-diskless-sync-delay", "0",
            "--cluster-replica-validity-factor", "0", "--repl-ping-replica-period", "1",
        ]
        let tls = access.certificates == nil ? [] : ["--tls-cluster", "yes"]
        let node = try await TestNode(program.command, access, own + tls + arguments)
        let client = try await node.client()
        try await client.send("CLUSTER", "SET-CONFIG-EPOCH", "\(epoch)")
        return Member(node: node, id: try await client.text("CLUSTER", "MYID"))
    }
}
