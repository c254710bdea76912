import RedisClient
import TestSupport
import Testing

@Suite("TLS to Redis")
struct TLSTests {
    private let certificates: TestCertificates

    init() async throws {
        certificates = try await TestCertificates()
        _ = try await certificates.certificate("server", for: "DNS:localhost,IP:127.0.0.1")
    }

    /// The keys of a target, its files named as they stand beside the configuration.
    private func target(_ name: String, _ url: String, _ tls: String = "") -> String {
        "name: \(name), url: \"\(url)\"" + (tls.isEmpty ? "" : ", tls: {\(tls)}")
    }

    /// Starts a daemon whose configuration stands beside the certificates.
    private func weir(_ targets: [String], _ more: String = "") async throws -> WeirProcess {
        let list = targets.map { "  - {\($0)}\n" }.joined()
        let text = "targets:\n\(list)poll: {interval: 100ms, redis_share: 100%}\n\(more)\n"
        return try await .serving(["--config", certificates.write(text, to: "weir.yaml")])
    }

    private func copy(_ name: String, of other: TestCertificates, to copy: String) throws {
        let contents = try ProjectFile.read(other.path(name))
        _ = try certificates.write(String(decoding: contents, as: UTF8.self), to: copy)
    }

    @Test("Streams are sampled, of servers that want a certificate too", arguments: TLSRedis.programs)
    func sampled(program: ServerProgram) async throws {
        _ = try await certificates.certificate("client", for: "DNS:client")
        _ = try await certificates.certificate("other", for: "DNS:redis.example")
        let open = try await TLSRedis(certificates, program: program)
        let mutual = try await TLSRedis(certificates, mutual: true, program: program)
        let other = try await TLSRedis(certificates, certificate: "other", program: program)
        for redis in [open, mutual, other] { try await redis.server.client().send("XADD", "s", "*", "f", "v") }
        let trust = "ca_file: authority.pem"
        let weir = try await weir([
            target("open", open.url(), trust), target("address", open.url(host: "127.0.0.1"), trust),
            target("one", mutual.url(), "\(trust), cert_file: client.pem"),
            target("two", mutual.url(), "\(trust), cert_file: client.crt, key_file: client.key"),
            target("renamed", other.url(), "\(trust), server_name: redis.example"),
            target("unverified", other.url(), "insecure_skip_verify: true"),
        ])
        let page = try await weir.metrics(within: .seconds(20)) {
            $0.all("redis_stream_length", ["stream": "s"]).count == 6
        }
        #expect(page.all("redis_up").map(\.value) == Array(repeating: 1, count: 6))
        #expect(page.value("redis_up", ["target": "open", "node": "localhost:\(open.port)"]) == 1)
        try await weir.line(with: "warning", "targets[5].tls.insecure_skip_verify", "whoever answers")
    }

    @Test("What is wrong is said in the log, the snapshot and the alert", arguments: TLSRedis.programs)
    func mistakes(program: ServerProgram) async throws {
        let stranger = try await TestCertificates(name: "somebody")
        _ = try await stranger.certificate("client", for: "DNS:client")
        _ = try await certificates.certificate("old", for: "DNS:localhost", dates: .past)
        try copy("authority.pem", of: stranger, to: "somebody.pem")
        try copy("client.pem", of: stranger, to: "foreign.pem")
        let good = try await TLSRedis(certificates, program: program)
        let mutual = try await TLSRedis(certificates, mutual: true, program: program)
        let old = try await TLSRedis(certificates, certificate: "old", program: program)
        let trust = "ca_file: authority.pem"
        func path(_ name: String) -> String { certificates.path(name) }
        let cases = [
            (
                target("foreign", good.url(), "ca_file: somebody.pem"),
                "it is signed by CN=weir test authority, which is not in \(path("somebody.pem"))"
            ),
            (
                target("unknown", good.url()),
                "it is signed by CN=weir test authority, which is not among the system's authorities"
            ),
            (
                target("renamed", good.url(), "\(trust), server_name: redis.example"),
                "it is for localhost, 127.0.0.1, not for redis.example"
            ),
            (target("expired", old.url(), trust), "it expired on 2020-02-01 00:00:00 UTC"),
            (
                target("nobody", mutual.url(), trust),
                "the server asks for a client certificate, and none is configured"
            ),
            (
                target("stranger", mutual.url(), "\(trust), cert_file: foreign.pem"),
                "the server does not accept the client certificate: it sent the alert"
            ),
            (
                target("plain", "redis://localhost:\(good.port)"),
                "the server closed the connection without an answer: it may speak only TLS on this port"
            ),
            (
                target("wrapped", "rediss://localhost:\(good.server.port)", trust),
                "the server does not speak TLS on this port, or hangs"
            ),
            (
                target("gone", good.url(), "ca_file: none.pem"),
                "\(path("none.pem")) cannot be read: No such file or directory"
            ),
            (target("text", good.url(), "ca_file: weir.yaml"), "\(path("weir.yaml")) has no certificate in PEM"),
            (
                target("mixed", mutual.url(), "\(trust), cert_file: server.crt, key_file: old.key"),
                "the key in \(path("old.key")) is not that of the certificate in \(path("server.crt"))"
            ),
        ]
        let weir = try await weir(cases.map(\.0), "rules: {RedisDown: {for: 0s}}")
        for (target, text) in cases {
            let name = try #require(target.split(separator: ",").first?.dropFirst("name: ".count)).description
            try await weir.line(with: "the target cannot be polled: ", text, "target=\(name)")
            let shown = try #require(try await weir.snapshot().targets.first { $0.name == name })
            #expect(!shown.up)
            #expect(shown.error?.contains(text) == true, "\(shown.error ?? "no error")")
        }
        let page = try await weir.metrics { $0.all("redis_up").count == cases.count }
        #expect(page.all("redis_up").allSatisfy { $0.value == 0 })
        try await eventually {
            try await weir.request("GET", "/api/v1/alerts").text
        } until: { text in
            cases.allSatisfy { text.contains($0.1) }
        }
    }

    @Test("A URL alone trusts the system's authorities", arguments: [true, false])
    func systemTrust(isFlag: Bool) async throws {
        let redis = try await TLSRedis(certificates)
        let weir = try await WeirProcess.serving(
            isFlag ? ["--redis", redis.url()] : [], variables: isFlag ? [:] : ["WEIR_REDIS": redis.url()])
        try await weir.line(with: "CN=weir test authority, which is not among the system's authorities")
    }

    @Test("Certificates that are replaced while weir runs are taken, the server's and weir's")
    func rotation() async throws {
        let next = try await TestCertificates(name: "next authority")
        _ = try await next.certificate("server", for: "DNS:localhost")
        _ = try await next.certificate("client", for: "DNS:client")
        _ = try await certificates.certificate("client", for: "DNS:client")
        try copy("authority.pem", of: certificates, to: "trusted.pem")
        try copy("authority.pem", of: certificates, to: "clients.pem")
        let redis = try await TLSRedis(certificates, mutual: true, trusting: "clients.pem")
        let tls = "ca_file: trusted.pem, cert_file: client.pem"
        let weir = try await weir([target("test", redis.url(), tls)])
        try await weir.metrics { $0.value("redis_up") == 1 }

        // The server's own renewed, by the same authority.
        _ = try await certificates.certificate("server", for: "DNS:localhost")
        redis.server.kill()
        try await weir.metrics { $0.value("redis_up") == 0 }
        try await redis.server.restart()
        try await weir.metrics { $0.value("redis_up") == 1 }

        // Now everything of another authority, weir's last of all.
        for name in ["server.crt", "server.key"] { try copy(name, of: next, to: name) }
        try copy("authority.pem", of: next, to: "clients.pem")
        redis.server.kill()
        try await redis.server.restart()
        try await weir.line(
            with: "it is signed by CN=next authority, which is not in \(certificates.path("trusted.pem"))")
        try copy("authority.pem", of: next, to: "trusted.pem")
        try await weir.line(with: "the server does not accept the client certificate")
        try copy("client.pem", of: next, to: "client.pem")
        try await weir.metrics { $0.value("redis_up") == 1 }
    }

    @Test("Entries are put back to work")
    func remediation() async throws {
        _ = try await certificates.certificate("client", for: "DNS:client")
        let redis = try await TLSRedis(certificates, mutual: true)
        let client = try await redis.server.client()
        try await client.send("XADD", "s", "*", "f", "v")
        try await client.send("XGROUP", "CREATE", "s", "g", "0")
        try await client.send("XREADGROUP", "GROUP", "g", "dead", "STREAMS", "s", ">")
        let weir = try await weir(
            [target("test", redis.url(), "ca_file: authority.pem, cert_file: client.pem")],
            """
            health: {window: 1s, stale_after: 1s}
            remediation:
              mode: act
              policies: [{name: again, stream: s, group: g, action: requeue, min_idle: 1s}]
            """)
        try await eventually(within: .seconds(30)) {
            try await client.send("XLEN", "s")
        } until: {
            $0.integer == 2
        }
        #expect(try await client.send("XPENDING", "s", "g").elements?.first?.integer == 0)
        try await weir.metrics {
            $0.value("weir_remediation_entries_total", ["action": "requeue", "result": "moved"]) == 1
        }
    }
}
