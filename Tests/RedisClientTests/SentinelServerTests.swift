import Crypto
import Platform
import RedisClient
import TestSupport
import Testing

@Suite("Real sentinels")
struct SentinelServerTests {
    private func directory(_ topology: SentinelTopology, timeout: Duration = .seconds(20)) -> SentinelDirectory {
        SentinelDirectory(topology, dialer: RedisDialer(timeout: timeout))
    }

    @Test("The primary is found through all that happens to it and to the sentinels", arguments: TestCluster.programs)
    func life(program: ServerProgram) async throws {
        let stage = try await TestSentinels(program, replicas: 2)
        var directory = directory(stage.topology, timeout: .seconds(2))
        for _ in 0..<3 { #expect(try await directory.primary() == stage.nodes[0].address) }
        var clients: [ServerCommands] = []
        for sentinel in stage.sentinels { clients.append(try await sentinel.client()) }
        #expect(try await clients[0].weirConnections().count == 1)
        #expect(try await clients[1].weirConnections().isEmpty)

        stage.sentinels[0].pause()
        let start = ContinuousClock.now
        #expect(try await directory.primary() == stage.nodes[0].address)
        #expect(ContinuousClock.now - start >= .seconds(2))
        #expect(try await clients[1].weirConnections().count == 1)
        let next = ContinuousClock.now
        #expect(try await directory.primary() == stage.nodes[0].address)
        #expect(ContinuousClock.now - next < .seconds(2), "the one that hangs is not asked first again")
        stage.sentinels[0].resume()

        stage.sentinels[1].kill()
        #expect(try await directory.primary() == stage.nodes[0].address)
        try await stage.sentinels[1].restart()

        let old = try await stage.primary()
        old.kill()
        let new = try await stage.awaitSwitch(from: old)
        #expect(try await directory.primary() == new.address)
        #expect(old !== new)
    }

    @Test("A sentinel that is restarted is asked again on a new connection")
    func restarted() async throws {
        let stage = try await TestSentinels(replicas: 0, sentinels: 1)
        var directory = directory(stage.topology)
        #expect(try await directory.primary() == stage.nodes[0].address)
        stage.sentinels[0].kill()
        #expect(
            try await failures(directory).map(\.cause) == [.failed(.cannotConnect(reason: "Connection refused"))])
        try await stage.sentinels[0].restart()
        #expect(try await directory.primary() == stage.nodes[0].address)
    }

    @Test("A failover that is ordered is followed, and back again")
    func ordered() async throws {
        let stage = try await TestSentinels(replicas: 1, sentinels: 1)
        var directory = directory(stage.topology)
        #expect(try await directory.primary() == stage.nodes[0].address)
        try await stage.failOver()
        #expect(try await directory.primary() == stage.nodes[1].address)
    }

    @Test("A name that no sentinel knows, and a server that is no sentinel", arguments: TestCluster.programs)
    func strangers(program: ServerProgram) async throws {
        let stage = try await TestSentinels(program, replicas: 0, sentinels: 1)
        var topology = stage.topology
        topology.primaryName = "other"
        topology.sentinels.append(stage.nodes[0].endpoint)
        #expect(try await failures(directory(topology)).map(\.cause) == [.unknownName, .notSentinel])
        topology.primaryName = TestSentinels.primaryName
        topology.sentinels.reverse()
        var directory = directory(topology)
        #expect(try await directory.primary() == stage.nodes[0].address)
    }

    @Test("Sentinels have a password of their own")
    func password() async throws {
        let stage = try await TestSentinels(
            access: TestAccess(password: "data"), sentinelPassword: "sentinels")
        var directory = directory(stage.topology)
        for sentinel in stage.topology.sentinels {
            #expect(sentinel.password == .secret(Secret(Array("sentinels".utf8))))
        }
        #expect(try await directory.primary() == stage.nodes[0].address)
        for (password, code) in [(nil as String?, "NOAUTH"), ("data", "WRONGPASS")] {
            var topology = stage.topology
            for index in topology.sentinels.indices {
                topology.sentinels[index].password = password.map { .secret(Secret(Array($0.utf8))) }
            }
            let failures = try await failures(self.directory(topology))
            #expect(failures.count == 3)
            for failure in failures {
                #expect("\(failure.cause)".hasPrefix("the login failed: \(code)"))
            }
        }
    }

    @Test("A user without the right to ask is told so", .enabled(if: ServerProgram.system.isFrom62))
    func rights() async throws {
        let stage = try await TestSentinels(replicas: 0, sentinels: 1)
        try await stage.sentinels[0].client().send("ACL", "SETUSER", "u", "on", ">pw", "+ping")
        var topology = stage.topology
        topology.sentinels[0].username = "u"
        topology.sentinels[0].password = .secret(Secret(Array("pw".utf8)))
        let text = try await failures(directory(topology)).map(\.description).joined()
        #expect(text.contains("SENTINEL GET-MASTER-ADDR-BY-NAME was refused: NOPERM"))
        try await stage.sentinels[0].client().send("ACL", "SETUSER", "u", "+sentinel|get-master-addr-by-name")
        var directory = directory(topology)
        #expect(try await directory.primary() == stage.nodes[0].address)
    }

    @Test("Sentinels that speak TLS name the primary's port for TLS", arguments: TestCluster.programs)
    func tls(program: ServerProgram) async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "DNS:localhost,IP:127.0.0.1")
        let stage = try await TestSentinels(
            program, replicas: 1, sentinels: 2, access: TestAccess(certificates: certificates, password: "pw"))
        #expect(stage.url.hasPrefix("rediss+sentinel://127.0.0.1:"))
        var directory = directory(stage.topology)
        let primary = try await directory.primary()
        #expect(primary == stage.nodes[0].address)
        let connection = try RedisConnection(
            endpoint: RedisEndpoint(address: primary, access: stage.topology.access), timeout: .seconds(20))
        try await connection.open()
        #expect(try await connection.pipeline([RedisCommand("PING")]).replies == [.status("PONG")])
        var topology = stage.topology
        for index in topology.sentinels.indices { topology.sentinels[index].tls = nil }
        for failure in try await failures(self.directory(topology)) {
            #expect("\(failure.cause)".contains("TLS"))
        }
    }
}
