import Crypto
import RedisClient
import TestSupport
import Testing

@Suite("TLS")
struct TLSConnectionTests {
    private static let ping = [RedisCommand("PING")]

    private func connection(
        to endpoint: RedisEndpoint, timeout: Duration = .seconds(20)
    ) async throws -> RedisConnection {
        let connection = try RedisConnection(endpoint: endpoint, timeout: timeout)
        try await connection.open()
        return connection
    }

    private func certificates() async throws -> TestCertificates {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "DNS:localhost,IP:127.0.0.1")
        return certificates
    }

    @Test(
        "Every server is spoken to by its name and its address, in TLS 1.2 and 1.3, with a client certificate or without",
        arguments: TLSRedis.programs, [nil, "TLSv1.2", "TLSv1.3"])
    func everyServer(program: ServerProgram, protocols: String?) async throws {
        let certificates = try await certificates()
        let client = try await certificates.certificate("client", for: "DNS:client")
        for mutual in [false, true] {
            let redis = try await TLSRedis(certificates, mutual: mutual, protocols: protocols, program: program)
            for host in ["localhost", "127.0.0.1"] {
                let settings = TLSSettings(caFile: certificates.authority, certificateFile: mutual ? client : nil)
                let connection = try await connection(to: redis.endpoint(host: host, settings))
                #expect(try await connection.pipeline(Self.ping).replies == [.status("PONG")])
            }
        }
    }

    @Test("Ten thousand commands in one pipeline are answered in order")
    func manyCommands() async throws {
        let redis = try await TLSRedis(certificates())
        let connection = try await connection(to: redis.endpoint)
        let commands = (0..<10_000).map { RedisCommand("ECHO", "reply \($0)") }
        let exchange = try await connection.pipeline(commands)
        #expect(exchange.replies == (0..<10_000).map { .text("reply \($0)") })
        #expect(exchange.bytesReceived == exchange.replies.reduce(0) { $0 + $1.wireBytes.count })
    }

    @Test("Megabytes go both ways while the server stops reading for a while")
    func bothWays() async throws {
        let redis = try await TLSRedis(certificates())
        let connection = try await connection(to: redis.endpoint, timeout: .seconds(120))
        let block = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        redis.server.pause()
        async let exchange = connection.pipeline((0..<40).map { _ in RedisCommand("ECHO", key: block) })
        // The socket of the server is full, and so soon is weir's.
        try await eventually {
            SocketTable.entries.contains { $0.localPort == redis.port && $0.unreadBytes > 50_000 }
        }
        redis.server.resume()
        let replies = try await exchange.replies
        #expect(replies.count == 40)
        #expect(replies.allSatisfy { $0 == .string(block) })
        #expect(try await connection.pipeline(Self.ping).replies == [.status("PONG")])
    }

    @Test("A server that is killed ends the exchange, and is connected to anew")
    func killed() async throws {
        let redis = try await TLSRedis(certificates())
        let connection = try await connection(to: redis.endpoint)
        redis.server.kill()
        let (error, _) = try await failure { _ = try await connection.pipeline(Self.ping) }
        #expect([.closed, .brokenConnection(reason: "Connection reset by peer")].contains(error))
        try await redis.server.restart()
        try await connection.open()
        #expect(try await connection.pipeline(Self.ping).replies == [.status("PONG")])
    }

    @Test("A server that stops is given up after the timeout")
    func stopped() async throws {
        let redis = try await TLSRedis(certificates())
        let timeout = Duration.milliseconds(300)
        let connection = try RedisConnection(endpoint: redis.endpoint, timeout: timeout)
        try await connection.open()
        redis.server.pause()
        #expect(
            try await failure { _ = try await connection.pipeline(Self.ping) }.error == .timedOut(after: timeout))
        redis.server.resume()
    }

    @Test("A connection that is closed is not one that the server thinks open")
    func closes() async throws {
        let redis = try await TLSRedis(certificates())
        let client = try await redis.server.client()
        try await eventually { try await client.weirConnections().isEmpty }
        let connection = try await connection(to: redis.endpoint)
        #expect(try await client.weirConnections().count == 1)
        await connection.close()
        try await eventually { try await client.weirConnections().isEmpty }
    }

    @Test("The server is asked for the name that its certificate has to be for")
    func serverName() async throws {
        let certificates = try await TestCertificates()
        let first = try await certificates.certificate("first", for: "DNS:first.example")
        let second = try await certificates.certificate("second", for: "DNS:second.example")
        let server = try await TLSServer(
            certificate: first, arguments: ["-servername", "second.example", "-cert2", second, "-key2", second])
        let timeout = Duration.milliseconds(500)
        for name in ["first.example", "second.example", "second.example."] {
            let endpoint = RedisEndpoint(
                address: .tcp(host: "127.0.0.1", port: server.port),
                tls: TLSSettings(caFile: certificates.authority, serverName: name))
            let (error, _) = try await failure { _ = try await connection(to: endpoint, timeout: timeout) }
            #expect(error == .timedOut(after: timeout), "the handshake is done, and it is no Redis")
        }
    }

    @Test("Certificates that have been replaced are read for the next connection")
    func rotation() async throws {
        let certificates = try await certificates()
        let redis = try await TLSRedis(certificates)
        let stranger = try await TestCertificates()
        let folder = try TemporaryFolder()
        let file = try folder.write(ProjectFile.read(stranger.authority), to: "authorities.pem")
        let connection = try RedisConnection(
            endpoint: redis.endpoint(TLSSettings(caFile: file)), timeout: .seconds(20))
        let (error, _) = try await failure { try await connection.open() }
        #expect(error == .tls(.untrusted([.unknownAuthority("CN=weir test authority", file: file)])))
        try folder.write(ProjectFile.read(certificates.authority), to: "authorities.pem")
        try await connection.open()
        #expect(try await connection.pipeline(Self.ping).replies == [.status("PONG")])
    }

    @Test("A thousand connections, made and refused, leave nothing behind")
    func leaks() async throws {
        let certificates = try await certificates()
        let redis = try await TLSRedis(certificates)
        let stranger = try await TestCertificates()
        let good = try RedisConnection(endpoint: redis.endpoint, timeout: .seconds(20))
        let bad = try RedisConnection(
            endpoint: redis.endpoint(TLSSettings(caFile: stranger.authority)), timeout: .seconds(20))
        func connect(times: Int) async throws {
            for _ in 0..<times {
                try await good.open()
                await #expect(throws: RedisClientError.self) { try await bad.open() }
            }
        }
        try await connect(times: 100)
        let (descriptors, memory) = (OwnProcess.openDescriptorCount, OwnProcess.anonymousBytes)
        try await connect(times: 500)
        #expect(OwnProcess.openDescriptorCount == descriptors)
        if !OwnProcess.isSanitized { #expect(OwnProcess.anonymousBytes - memory < 1 << 20) }
    }
}
