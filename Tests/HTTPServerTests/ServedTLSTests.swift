import Crypto
import HTTPServer
import Synchronization
import TestSupport
import Testing

@Suite("Pages over TLS")
struct ServedTLSTests {
    private static let names = "DNS:localhost,IP:127.0.0.1"

    /// What a client of curl's sees: the page, or nothing.
    private func fetch(_ server: HTTPServer, authority: String, _ arguments: String...) async throws -> String? {
        let words = ["curl", "-sS", "--max-time", "10", "--cacert", authority]
        let (status, output) = try await ChildProcess.run(words + arguments + ["https://localhost:\(server.port)/page"])
        return status == 0 ? output : nil
    }

    private func server(
        _ settings: TLSServerSettings, limits: HTTPLimits = HTTPLimits(),
        report: @escaping @Sendable (TLSServerIdentity.News) -> Void = { _ in }
    ) throws -> HTTPServer {
        var policy = HTTPPolicy()
        policy.tls = try TLSServerIdentity(settings, report: report)
        return try HTTPServer(host: "127.0.0.1", port: 0, limits: limits, policy: policy) { .text($0.path) }
    }

    private func settings(_ file: String) -> TLSServerSettings {
        TLSServerSettings(certificate: .file(file), key: .file(file))
    }

    @Test("TLS 1.2 and 1.3 are spoken, older ones and plain text are not")
    func versions() async throws {
        let certificates = try await TestCertificates()
        let server = try server(settings(try await certificates.certificate("server", for: Self.names)))
        let authority = certificates.authority
        #expect(try await fetch(server, authority: authority) == "/page")
        #expect(try await fetch(server, authority: authority, "--tls-max", "1.2") == "/page")
        #expect(try await fetch(server, authority: authority, "--tlsv1.3") == "/page")
        let old = ["--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0"]
        #expect(try await fetch(server, authority: authority, old[0], old[1], old[2], old[3], old[4]) == nil)
        let plain = try HTTPClient(port: server.port)
        try plain.send("GET", "/page")
        #expect(plain.isClosedByServer())
        #expect(try await fetch(server, authority: authority) == "/page")
    }

    @Test("Too large a request is refused with its status")
    func tooLarge() async throws {
        let certificates = try await TestCertificates()
        let server = try server(settings(try await certificates.certificate("server", for: Self.names)))
        let header = "X-Test: \(String(repeating: "x", count: 17_000))"
        let page = try await fetch(
            server, authority: certificates.authority, "-H", header, "-w", "%{stderr}%{http_code}")
        #expect(page == "the headers are too large, or too many\n431")
    }

    @Test("Versions, suites and curves are those that are asked for")
    func priorities() async throws {
        let certificates = try await TestCertificates()
        var settings = settings(try await certificates.certificate("server", for: Self.names))
        settings.greatestVersion = .tls12
        settings.cipherSuites = TLSCipherSuite.all.filter { $0.name.hasSuffix("ECDSA_WITH_AES_256_GCM_SHA384") }
        settings.curves = [.p384]
        let server = try server(settings)
        let authority = certificates.authority
        #expect(try await fetch(server, authority: authority) == "/page")
        #expect(try await fetch(server, authority: authority, "--tlsv1.3") == nil)
        #expect(try await fetch(server, authority: authority, "--ciphers", "ECDHE-ECDSA-AES256-GCM-SHA384") == "/page")
        #expect(try await fetch(server, authority: authority, "--ciphers", "ECDHE-ECDSA-AES128-GCM-SHA256") == nil)
        #expect(try await fetch(server, authority: authority, "--curves", "P-384:P-256") == "/page")
        #expect(try await fetch(server, authority: authority, "--curves", "X25519:P-256") == nil)
    }

    @Test("A TLS 1.0 that is asked for is spoken")
    func oldVersions() async throws {
        let certificates = try await TestCertificates()
        var settings = settings(try await certificates.certificate("server", for: Self.names))
        settings.leastVersion = .tls10
        let server = try server(settings)
        let page = try await fetch(
            server, authority: certificates.authority, "--tlsv1.0", "--tls-max", "1.0", "--ciphers",
            "DEFAULT@SECLEVEL=0")
        #expect(page == "/page")
    }

    @Test("Clients come in by their certificates as the rule has it", arguments: ClientCertificateRule.allCases)
    func clients(rule: ClientCertificateRule) async throws {
        let (own, other) = (try await TestCertificates(), try await TestCertificates(name: "another"))
        var settings = settings(try await own.certificate("server", for: Self.names))
        settings.clients = rule
        settings.clientAuthorities = .file(own.authority)
        let server = try server(settings)
        let good = try await own.certificate("good", for: "DNS:prometheus", extensions: "extendedKeyUsage=clientAuth")
        let late = try await own.certificate("late", for: "DNS:prometheus", dates: .past)
        let wrongUse = try await own.certificate(
            "use", for: "DNS:prometheus", extensions: "extendedKeyUsage=serverAuth")
        let strange = try await other.certificate("strange", for: "DNS:prometheus")
        for version in ["1.2", "1.3"] {
            func isLetIn(_ certificate: String?) async throws -> Bool {
                let shown = certificate.map { ["--cert", $0] } ?? ["--no-sessionid", "-g"]
                let page = try await fetch(
                    server, authority: own.authority, "--tls-max", version, shown[0], shown.count > 1 ? shown[1] : "-g")
                return page == "/page"
            }
            #expect(try await isLetIn(good))
            #expect(try await isLetIn(nil) == !rule.requires)
            for bad in [late, wrongUse, strange] { #expect(try await isLetIn(bad) == !rule.verifies) }
        }
    }

    @Test(
        "One of the names that are allowed has to be in the certificate, as a whole",
        arguments: [
            ("DNS:prometheus", true), ("DNS:other,email:prometheus@example.com", true), ("IP:10.0.0.7", true),
            ("URI:spiffe://example/prometheus", true), ("DNS:other", false), ("DNS:prometheus.example", false),
        ])
    func names(names: String, isLetIn: Bool) async throws {
        let certificates = try await TestCertificates()
        var settings = settings(try await certificates.certificate("server", for: Self.names))
        settings.clients = .requireAndVerify
        settings.clientAuthorities = .file(certificates.authority)
        settings.clientNames = [
            "prometheus", "prometheus@example.com", "10.0.0.7", "spiffe://example/prometheus",
        ]
        let server = try server(settings)
        let client = try await certificates.certificate("client", for: names)
        let page = try await fetch(server, authority: certificates.authority, "--cert", client)
        #expect((page == "/page") == isLetIn)
    }

    @Test(
        "A new certificate is shown from the next connection on; a broken one is reported once, and the old one stays")
    func renewal() async throws {
        let (first, second) = (try await TestCertificates(), try await TestCertificates(name: "second"))
        let folder = try TemporaryFolder()
        func text(_ certificates: TestCertificates) async throws -> [UInt8] {
            _ = try await certificates.certificate("server", for: Self.names)
            return certificates.read("server.pem")
        }
        let file = try folder.write(try await text(first), to: "pair.pem")
        let news = Mutex<[String]>([])
        func heard() -> [String] { news.withLock { $0 } }
        let server = try server(settings(file)) { what in news.withLock { $0.append("\(what)") } }
        #expect(try await fetch(server, authority: first.authority) == "/page")
        #expect(heard() == [])

        try folder.write("no certificate\n", to: "pair.pem")
        for _ in 0..<3 { #expect(try await fetch(server, authority: first.authority) == "/page") }
        #expect(heard().count == 1)
        #expect(heard().first?.contains("no certificate in PEM") == true)

        try folder.write(try await text(second), to: "pair.pem")
        #expect(try await fetch(server, authority: second.authority) == "/page")
        #expect(try await fetch(server, authority: first.authority) == nil)
        #expect(heard().count == 2)
        #expect(heard().last == "renewed")
    }

    @Test("Handshakes that are never finished hold up nobody, and end")
    func halfOpen() async throws {
        let certificates = try await TestCertificates()
        let server = try server(
            settings(try await certificates.certificate("server", for: Self.names)),
            limits: HTTPLimits(connections: 4, request: .milliseconds(500)))
        // The beginning of a ClientHello.
        let start: [UInt8] = [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]
        let halfOpen = try (0..<100).map { _ in
            let client = try HTTPClient(port: server.port)
            try client.send(start)
            return client
        }
        #expect(try await fetch(server, authority: certificates.authority) == "/page")
        #expect(halfOpen.allSatisfy { $0.isClosedByServer() })
    }

    @Test("An address passes from plain text to TLS and back without being closed")
    func takingOver() async throws {
        let certificates = try await TestCertificates()
        var policy = HTTPPolicy()
        let plain = try HTTPServer(host: "127.0.0.1", port: 0) { .text($0.path) }
        policy.tls = try TLSServerIdentity(
            settings(try await certificates.certificate("server", for: Self.names))
        ) { _ in }
        let secure = try HTTPServer(takingOverFrom: plain, policy: policy) { .text($0.path) }
        plain.stop()
        #expect(secure.port == plain.port && secure.speaksTLS)
        #expect(try await fetch(secure, authority: certificates.authority) == "/page")
        let again = try HTTPServer(takingOverFrom: secure, policy: HTTPPolicy()) { .text($0.path) }
        secure.stop()
        #expect(try HTTPClient.request("GET", "/page", port: again.port).text == "/page")
        again.stop()
        #expect(throws: HTTPServerError.self) {
            try HTTPServer(takingOverFrom: again, policy: HTTPPolicy()) { .text($0.path) }
        }
    }

    @Test("A probe takes any version of TLS", arguments: TLSVersion.allCases)
    func probedVersions(version: TLSVersion) async throws {
        let certificates = try await TestCertificates()
        var settings = settings(try await certificates.certificate("server", for: Self.names))
        (settings.leastVersion, settings.greatestVersion) = (version, version)
        let server = try server(settings)
        #expect(try HTTPProbe.ask(for: "/livez", host: "127.0.0.1", port: server.port) == .status(200))
    }

    @Test("A suite by which nobody could connect is refused, and by any other somebody does")
    func suites() async throws {
        let certificates = try await TestCertificates()
        let elliptic = try await certificates.certificate("server", for: Self.names)
        let (key, certificate) = (certificates.path("rsa.key"), certificates.path("rsa.crt"))
        try await certificates.run(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key])
        try await certificates.run(
            ["x509", "-new", "-key", key, "-subj", "/CN=weir test", "-days", "2", "-out", certificate])
        let versions: [(TLSVersion, TLSVersion)] = [(.tls10, .tls11), (.tls12, .tls12), (.tls12, .tls13)]
        var counts: [Int] = []
        for (kind, certificate, key) in [("_ECDSA_", elliptic, elliptic), ("_RSA_", certificate, key)] {
            for (least, greatest) in versions {
                var taken = 0
                for suite in TLSCipherSuite.all {
                    var settings = TLSServerSettings(certificate: .file(certificate), key: .file(key))
                    (settings.leastVersion, settings.greatestVersion) = (least, greatest)
                    settings.cipherSuites = [suite]
                    do {
                        let server = try server(settings)
                        let answer = try? HTTPProbe.ask(for: "/", host: "127.0.0.1", port: server.port)
                        #expect(answer == .status(200), "\(suite) \(least) \(kind)")
                        taken += 1
                    } catch let error as TLSError {
                        guard case .noUsableSuite(let meant) = error else { throw error }
                        #expect(!meant.contains(suite) && meant.contains { $0.name.contains(kind) })
                    }
                }
                counts.append(taken)
            }
        }
        // Of TLS 1.1 two with CBC; of TLS 1.2 those and three more; of TLS 1.3 all that have one of its three ciphers.
        #expect(counts == [2, 5, 9, 2, 5, 9])
    }

    @Test("A probe finds out by itself what is spoken")
    func probe() async throws {
        let certificates = try await TestCertificates()
        var settings = settings(try await certificates.certificate("server", for: "DNS:elsewhere"))
        let secure = try server(settings)
        #expect(try HTTPProbe.ask(for: "/livez", host: "127.0.0.1", port: secure.port) == .status(200))
        settings.clients = .requireAny
        let strict = try server(settings)
        #expect(try HTTPProbe.ask(for: "/livez", host: "127.0.0.1", port: strict.port) == .wantsCertificate)
        settings.greatestVersion = .tls12
        let older = try server(settings)
        #expect(try HTTPProbe.ask(for: "/livez", host: "127.0.0.1", port: older.port) == .wantsCertificate)
        let plain = try HTTPServer(host: "127.0.0.1", port: 0) { _ in .text("no", status: 500) }
        #expect(try HTTPProbe.ask(for: "/livez", host: "", port: plain.port) == .status(500))
        let gone = try LoopbackListener.unusedPort()
        #expect(throws: HTTPProbeError.noAnswer(reason: "connection refused")) {
            try HTTPProbe.ask(for: "/livez", host: "127.0.0.1", port: gone)
        }
    }
}
