import Platform
import RedisClient
import TestSupport
import Testing

@Suite("Real clusters")
struct ClusterServerTests {
    private func connection(to endpoint: RedisEndpoint) async throws -> RedisConnection {
        let connection = try RedisConnection(endpoint: endpoint, timeout: .seconds(20))
        try await connection.open()
        return connection
    }

    private func slots(_ node: TestNode) async throws -> ClusterSlots {
        try await connection(to: node.endpoint).clusterSlots()
    }

    @Test("A cluster is known by any of its servers, through all that happens to it", arguments: TestCluster.programs)
    func life(program: ServerProgram) async throws {
        let cluster = try await TestCluster(program)
        let nodes = cluster.nodes
        for node in nodes {
            let slots = try await slots(node)
            #expect(slots.primaries == cluster.addresses.prefix(3).sorted { $0.node < $1.node })
            #expect(slots.primaries.map(slots.slotCount).sorted() == [5461, 5461, 5462])
            #expect(slots.unservedSlots == 0)
        }

        let empty = try await cluster.addPrimary()
        for node in [nodes[0], nodes[5], empty] {
            let slots = try await slots(node)
            #expect(slots.primaries.contains(empty.address) && slots.primaries.count == 4)
            #expect(slots.slotCount(of: empty.address) == 0)
        }

        // The slot of "foo" is the third primary's.
        let client = cluster.client()
        try await client.send("SET", "foo", "bar")
        var slots = try await slots(nodes[0])
        #expect(slots.primary(of: 12182) == nodes[2].address)
        let migration = cluster.migration(of: 12182, from: nodes[2], to: empty)
        let source = try await connection(to: nodes[2].endpoint)
        func answer() async throws -> RedisReply { try await source.pipeline([RedisCommand("GET", "foo")]).replies[0] }
        try await migration.begin()
        #expect(try await answer() == .text("bar"))
        try await migration.moveKeys()
        let ask = try #require(try await answer().error)
        #expect(Redirection(ask, from: nodes[2].address) == .ask(slot: 12182, to: empty.address))
        #expect(try await client.send("GET", "foo") == .text("bar"))
        #expect(try await self.slots(nodes[0]) == slots)
        try await migration.finish()
        let moved = try #require(try await answer().error.flatMap { Redirection($0, from: nodes[2].address) })
        #expect(moved == .moved(slot: 12182, to: empty.address))
        slots.take(moved)
        #expect(try await self.slots(nodes[1]) == slots)
        #expect(try await client.send("GET", "foo") == .text("bar"))

        try await cluster.failOver(to: nodes[3])
        slots = try await self.slots(nodes[1])
        #expect(slots.slotCount(of: nodes[3].address) == 5461)
        #expect(!slots.primaries.contains(nodes[0].address))
        #expect(try await Set(cluster.primaries().map(\.name)) == Set(slots.primaries.map(\.node)))

        nodes[3].kill()
        try await cluster.awaitReplacement(of: nodes[3])
        slots = try await self.slots(nodes[1])
        #expect(slots.slotCount(of: nodes[0].address) == 5461)
        #expect(!slots.primaries.contains(nodes[3].address))
        try await nodes[3].restart()
        try await cluster.awaitAgreement()
        #expect(try await self.slots(nodes[3]) == slots)
    }

    @Test("A server that has not met others yet serves nothing, and is a primary", arguments: TestCluster.programs)
    func alone(program: ServerProgram) async throws {
        let server = try await RedisServer(["--cluster-enabled", "yes"], program: program.command)
        let connection = try await connection(to: server.endpoint)
        var slots = try await connection.clusterSlots()
        #expect(slots.primaries == [server.endpoint.address])
        #expect(slots.unservedSlots == 16_384)
        try await server.client().send("CLUSTER", "ADDSLOTS", "1", "2", "3")
        slots = try await connection.clusterSlots()
        #expect(slots.primaries == [server.endpoint.address])
        #expect(slots.primary(of: 2) == server.endpoint.address && slots.unservedSlots == 16_381)
    }

    @Test("A server that is not a cluster's says so", arguments: TestCluster.programs)
    func noCluster(program: ServerProgram) async throws {
        let server = try await RedisServer(program: program.command)
        let connection = try await connection(to: server.endpoint)
        #expect(try await failure { _ = try await connection.clusterSlots() }.error == .clusterDisabled)
        #expect(await connection.isOpen)
    }

    @Test("The right to ask for the slots is needed, that to ask for the nodes is not", arguments: TestCluster.programs)
    func rights(program: ServerProgram) async throws {
        let users = [
            "--user", "some", "on", ">pw", "+cluster|slots", "+client", "--user", "none", "on", ">pw", "+client",
        ]
        let server = try await RedisServer(["--cluster-enabled", "yes"] + users, program: program.command)
        let client = try await server.client()
        try await client.send("CLUSTER", "ADDSLOTS", "1")
        var endpoint = server.endpoint
        endpoint.password = .secret(Secret(Array("pw".utf8)))
        endpoint.username = "some"
        let slots = try await connection(to: endpoint).clusterSlots()
        #expect(slots.primaries == [server.endpoint.address])
        endpoint.username = "none"
        let (error, _) = try await failure { _ = try await connection(to: endpoint).clusterSlots() }
        guard case .refused("CLUSTER SLOTS", let message) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(message.hasPrefix("NOPERM"))
    }

    @Test(
        "A cluster is known by the names that it wants to be known by",
        .enabled(if: ServerProgram.system.knowsHostnames),
        arguments: [("ip", "127.0.0.1"), ("hostname", "localhost"), ("unknown-endpoint", "127.0.0.1")])
    func names(preferred: String, host: String) async throws {
        let cluster = try await TestCluster(
            primaries: 2, replicas: 0, "--cluster-announce-hostname", "localhost", "--cluster-preferred-endpoint-type",
            preferred)
        try await cluster.addPrimary()
        let expected = cluster.nodes.map { "\(host):\($0.server.port)" }.sorted()
        // The names of hosts are told with the next rounds of pings.
        try await eventually(within: .seconds(30)) {
            try await slots(cluster.nodes[0]).primaries.map(\.node) == expected
        }
    }

    @Test(
        "A cluster that speaks TLS and wants a password is known by its ports for TLS", arguments: TestCluster.programs)
    func tls(program: ServerProgram) async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "DNS:localhost,IP:127.0.0.1")
        let access = TestAccess(certificates: certificates, password: "pw")
        let cluster = try await TestCluster(program, primaries: 2, replicas: 1, access: access)
        #expect(cluster.url.hasPrefix("rediss+cluster://127.0.0.1:"))
        let slots = try await slots(cluster.nodes[3])
        #expect(slots.primaries == cluster.addresses.prefix(2).sorted { $0.node < $1.node })
        let client = cluster.client()
        for key in ["foo", "bar", "hello"] { try await client.send("SET", key, "1") }
        try await cluster.migration(of: 12182, from: cluster.nodes[1], to: cluster.nodes[0]).run()
        #expect(try await client.send("GET", "foo") == .text("1"))
        #expect(try await self.slots(cluster.nodes[1]).primary(of: 12182) == cluster.nodes[0].address)
    }
}
