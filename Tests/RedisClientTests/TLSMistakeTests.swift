import Crypto
import RedisClient
import TestSupport
import Testing

@Suite("What is wrong with TLS")
struct TLSMistakeTests {
    private static let timeout = Duration.milliseconds(500)
    private static let soon = Duration.seconds(60)

    /// The text of the error of connecting; nil: it succeeds.
    private func mistake(_ endpoint: RedisEndpoint, timeout: Duration = .seconds(20)) async throws -> String? {
        let connection = try RedisConnection(endpoint: endpoint, timeout: timeout)
        do throws(RedisClientError) {
            try await connection.open()
            return nil
        } catch {
            return error.description
        }
    }

    private func endpoint(_ port: UInt16, _ settings: TLSSettings? = TLSSettings()) -> RedisEndpoint {
        RedisEndpoint(address: .tcp(host: "127.0.0.1", port: port), tls: settings)
    }

    @Test("A server's certificate that is not to be trusted is refused for what is wrong with it")
    func untrusted() async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "DNS:localhost,IP:127.0.0.1")
        _ = try await certificates.certificate("other", for: "DNS:redis.example,DNS:*.redis.example,IP:::1")
        _ = try await certificates.certificate("old", for: "DNS:localhost", dates: .past)
        _ = try await certificates.certificate("early", for: "DNS:localhost", dates: .future)
        _ = try await certificates.certificate(
            "client", for: "DNS:localhost", extensions: "extendedKeyUsage=clientAuth")
        _ = try await certificates.certificate(
            "strange", for: "DNS:localhost", extensions: "1.2.3.4=critical,ASN1:NULL")
        let stranger = try await TestCertificates(name: "somebody")
        let (own, foreign) = (certificates.authority, stranger.authority)
        let refusal = "TLS: the server's certificate is not trusted: "
        let names = "it is for redis.example, *.redis.example, ::1"
        let cases: [(certificate: String, host: String, settings: TLSSettings, text: String)] = [
            (
                "server", "localhost", TLSSettings(caFile: foreign),
                "it is signed by CN=weir test authority, which is not in \(foreign)"
            ),
            (
                "server", "localhost", TLSSettings(),
                "it is signed by CN=weir test authority, which is not among the system's authorities"
            ),
            (
                "server", "localhost", TLSSettings(caFile: own, serverName: "redis.example"),
                "it is for localhost, 127.0.0.1, not for redis.example"
            ),
            (
                "server", "127.0.0.1", TLSSettings(caFile: own, serverName: "127.0.0.2"),
                "it is for localhost, 127.0.0.1, not for 127.0.0.2"
            ),
            ("other", "localhost", TLSSettings(caFile: own), "\(names), not for localhost"),
            ("other", "127.0.0.1", TLSSettings(caFile: own), "\(names), not for 127.0.0.1"),
            ("old", "localhost", TLSSettings(caFile: own), "it expired on 2020-02-01 00:00:00 UTC"),
            ("early", "localhost", TLSSettings(caFile: own), "it is not valid before 2090-01-01 00:00:00 UTC"),
            ("client", "localhost", TLSSettings(caFile: own), "it is not for servers"),
            (
                "strange", "localhost", TLSSettings(caFile: own),
                "The certificate contains an unknown critical extension"
            ),
            (
                "old", "127.0.0.1", TLSSettings(caFile: own),
                "it expired on 2020-02-01 00:00:00 UTC; it is for localhost, not for 127.0.0.1"
            ),
        ]
        for certificate in ["server", "other", "old", "early", "client", "strange"] {
            let redis = try await TLSRedis(certificates, certificate: certificate)
            for expected in cases where expected.certificate == certificate {
                let text = try await mistake(redis.endpoint(host: expected.host, expected.settings))
                #expect(text == refusal + expected.text)
                var settings = expected.settings
                settings.skipsVerification = true
                #expect(try await mistake(redis.endpoint(host: expected.host, settings)) == nil)
            }
        }
        let redis = try await TLSRedis(certificates, certificate: "other")
        for name in ["redis.example", "a.redis.example", "::1"] {
            let settings = TLSSettings(caFile: own, serverName: name)
            #expect(try await mistake(redis.endpoint(settings)) == nil, "the name that is configured is what counts")
        }
    }

    @Test(
        "A server that wants a client certificate says so, whatever it says",
        arguments: TLSRedis.programs, ["TLSv1.2", "TLSv1.3"])
    func clientCertificate(program: ServerProgram, protocols: String) async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "DNS:localhost")
        let old = try await certificates.certificate("old", for: "DNS:client", dates: .past)
        let stranger = try await TestCertificates(name: "somebody")
        let foreign = try await stranger.certificate("client", for: "DNS:client")
        let redis = try await TLSRedis(certificates, mutual: true, protocols: protocols, program: program)
        let rejection = "the server does not accept the client certificate: it sent the alert"
        let cases = [
            (nil, "the server asks for a client certificate, and none is configured"),
            (foreign, "\(rejection) \"CA is unknown\""), (old, "\(rejection) \"Certificate is expired\""),
        ]
        for (file, text) in cases {
            let endpoint = redis.endpoint(TLSSettings(caFile: certificates.authority, certificateFile: file))
            // Whether the server hangs up before weir's first command has gone is a matter of luck.
            for _ in 0..<30 { #expect(try await mistake(endpoint) == "TLS: " + text) }
        }
    }

    @Test("A server of neither TLS 1.2 nor 1.3 is said to be one", arguments: TLSRedis.programs)
    func oldVersion(program: ServerProgram) async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "DNS:localhost")
        let redis = try await TLSRedis(certificates, protocols: "TLSv1.1", program: program)
        #expect(try await mistake(redis.endpoint) == "TLS: the server speaks neither TLS 1.2 nor TLS 1.3")
    }

    @Test("TLS to a port without, and plain text to a port with", arguments: TLSRedis.programs)
    func mixedUp(program: ServerProgram) async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "DNS:localhost")
        let redis = try await TLSRedis(certificates, program: program)
        #expect(
            try await mistake(endpoint(redis.server.port), timeout: Self.timeout)
                == """
                TLS: no answer to the handshake within \(Self.timeout): the server does not speak TLS on this port, \
                or hangs
                """)
        for _ in 0..<5 {
            #expect(
                try await mistake(endpoint(redis.port, nil))
                    == "the server closed the connection without an answer: it may speak only TLS on this port")
        }
    }

    @Test("A server that answers a connection in plain text with TLS is said to speak TLS")
    func plainToTLS() async throws {
        let alert = try ScriptedPeer(saying: [21, 3, 1, 0, 2, 2, 70], then: .hangUp)
        #expect(try await mistake(endpoint(alert.port, nil)) == "the server speaks TLS on this port")
    }

    @Test(
        "A handshake that goes wrong says how far it came",
        arguments: [
            (
                [], .hangUp,
                "the server closed the connection at the start of the handshake: it may not speak TLS on this port, or take no more clients"
            ),
            (
                [], .reset,
                "the server closed the connection at the start of the handshake: it may not speak TLS on this port, or take no more clients"
            ),
            (
                Array("-ERR max number of clients reached\r\n".utf8), .hangUp,
                "the server does not speak TLS on this port"
            ),
            ([UInt8(ascii: "+")], .silence, "the server does not speak TLS on this port"),
            ([22, 3, 3, 0, 122, 2], .hangUp, "the server closed the connection in the middle of the handshake"),
            ([22, 3, 3, 0, 122, 2], .reset, "the server closed the connection in the middle of the handshake"),
            ([21, 3, 3, 0, 2, 2, 40], .hangUp, "the server ended the session with the alert \"Handshake failed\""),
            ([21, 3, 3, 0, 2, 2, 40], .reset, "the server ended the session with the alert \"Handshake failed\""),
        ] as [([UInt8], ScriptedPeer.Ending, String)])
    func handshake(answer: [UInt8], ending: ScriptedPeer.Ending, text: String) async throws {
        let peer = try ScriptedPeer(saying: answer, then: ending)
        let found = try await mistake(endpoint(peer.port))
        #expect(found == "TLS: " + text)
    }

    @Test("What is a record of TLS and no handshake is a failure in GnuTLS' words")
    func nonsense() async throws {
        let peer = try ScriptedPeer(saying: [22, 3, 3, 0, 4, 99, 0, 0, 0], then: .silence)
        let text = try #require(await mistake(endpoint(peer.port)))
        #expect(text.hasPrefix("TLS: ") && text.count > 15, "\(text)")
    }

    @Test("A server that begins the handshake and then stalls is given up after the timeout")
    func stalls() async throws {
        let peer = try ScriptedPeer(saying: [22, 3, 3, 0, 122, 2], then: .silence)
        let connection = try RedisConnection(endpoint: endpoint(peer.port), timeout: Self.timeout)
        let (error, elapsed) = try await failure { try await connection.open() }
        #expect(error == .timedOut(after: Self.timeout))
        #expect(elapsed >= Self.timeout && elapsed < Self.soon)
    }

    @Test("A server that says nothing at all is given up after the timeout")
    func silent() async throws {
        let listener = try LoopbackListener()
        let connection = try RedisConnection(endpoint: endpoint(listener.port), timeout: Self.timeout)
        let (error, elapsed) = try await failure { try await connection.open() }
        #expect(error == .tls(.silent(after: Self.timeout)))
        #expect(elapsed >= Self.timeout && elapsed < Self.soon)
    }

    @Test("An interruption from elsewhere ends a handshake at once")
    func interrupted() async throws {
        let listener = try LoopbackListener()
        let connection = try RedisConnection(endpoint: endpoint(listener.port), timeout: .seconds(300))
        async let failing = failure { try await connection.open() }
        try await eventually {
            SocketTable.entries.contains { $0.localPort == listener.port && $0.unreadBytes > 0 }
        }
        connection.interrupt()
        let (error, elapsed) = try await failing
        #expect(error == .interrupted)
        #expect(elapsed < Self.soon)
    }

    @Test("Clients beyond the server's limit get no word of it through TLS")
    func tooManyClients() async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "DNS:localhost")
        let redis = try await TLSRedis(certificates)
        let client = try await redis.server.client()
        try await client.send("CONFIG", "SET", "maxclients", "1")
        let text = try #require(await mistake(redis.endpoint))
        #expect(text.hasSuffix("it may not speak TLS on this port, or take no more clients"), "\(text)")
        let plain = try #require(await mistake(endpoint(redis.server.port)))
        #expect(plain == "TLS: the server does not speak TLS on this port")
    }

    @Test("A file that cannot be read is named, also where no server is there")
    func files() async throws {
        let settings = TLSSettings(caFile: "/nowhere/authorities.pem")
        #expect(
            try await mistake(endpoint(LoopbackListener.unusedPort(), settings))
                == "TLS: /nowhere/authorities.pem cannot be read: No such file or directory")
    }
}
