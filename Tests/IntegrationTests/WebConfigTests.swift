import Glibc
import TestSupport
import Testing

@Suite("The web configuration")
struct WebConfigTests {
    /// Of `fakepassword`.
    private static let user = "alice: $2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi"
    private static let password = ["Authorization: Basic YWxpY2U6ZmFrZXBhc3N3b3Jk"]

    private func curl(_ port: UInt16, authority: String, _ arguments: String..., path: String) async throws -> String? {
        let words = ["curl", "-sS", "--max-time", "10", "--cacert", authority] + arguments
        let (status, output) = try await ChildProcess.run(words + ["https://localhost:\(port)\(path)"])
        return status == 0 ? output : nil
    }

    @Test("Users and TLS come and go with a reload, and what is wrong leaves the file before in force")
    func reload() async throws {
        let server = try await RedisServer()
        let certificates = try await TestCertificates()
        let pair = try await certificates.certificate("server", for: "DNS:localhost,IP:127.0.0.1")
        let folder = server.folder
        let file = try folder.write(
            configuration(server.target("test"), http: "enable_reload: true"), to: "weir.yaml")
        let web = try folder.write("", to: "web.yml")
        let weir = try await WeirProcess.serving(["--config", file, "--web.config.file", web])
        let port = try await weir.port()
        #expect(try HTTPClient.request("GET", "/metrics", port: port).status == 200)

        try folder.write("basic_auth_users: {\(Self.user)}\n", to: "web.yml")
        weir.signal(SIGHUP)
        try await eventually { try HTTPClient.request("GET", "/metrics", port: port).status == 401 }
        #expect(try HTTPClient.request("GET", "/metrics", headers: Self.password, port: port).status == 200)
        #expect(try HTTPClient.request("GET", "/readyz", port: port).status != 401)
        #expect(try HTTPClient.request("POST", "/-/reload", port: port).status == 401)
        #expect(try HTTPClient.request("POST", "/-/reload", headers: Self.password, port: port).status == 200)

        try folder.write("basic_auth_users: {\(Self.user)\n", to: "web.yml")
        let refused = try HTTPClient.request("POST", "/-/reload", headers: Self.password, port: port)
        #expect(refused.status == 500)
        #expect(refused.text.contains("\(web):2:1: "))
        #expect(try HTTPClient.request("GET", "/metrics", port: port).status == 401)
        let page = MetricsText(try HTTPClient.request("GET", "/metrics", headers: Self.password, port: port).text)
        #expect(page.value("weir_config_last_reload_successful") == 0)

        try folder.write("tls_server_config: {cert_file: '\(pair)', key_file: '\(pair)'}\n", to: "web.yml")
        weir.signal(SIGHUP)
        try await weir.line(with: "listening", "https://127.0.0.1:\(port)")
        #expect(try await curl(port, authority: certificates.authority, path: "/livez") == "ok\n")
        let scraped = try await curl(port, authority: certificates.authority, path: "/metrics") ?? ""
        #expect(MetricsText(scraped).value("weir_config_last_reload_successful") == 1)
        let probe = try await WeirProcess.run(["healthcheck", "--listen", "127.0.0.1:\(port)"])
        #expect(probe.status == 0, "\(probe.output)")

        try folder.write("", to: "web.yml")
        weir.signal(SIGHUP)
        try await eventually { try HTTPClient.request("GET", "/livez", port: port).status == 200 }
        #expect(!weir.output.contains("$2y$") && !weir.output.contains("fakepassword"))
    }

    @Test("With client certificates only those are let in, and weir still passes for alive")
    func mutual() async throws {
        let server = try await RedisServer()
        let certificates = try await TestCertificates()
        let pair = try await certificates.certificate("server", for: "DNS:localhost,IP:127.0.0.1")
        let client = try await certificates.certificate("client", for: "DNS:prometheus")
        let web = try server.folder.write(
            """
            tls_server_config:
              cert_file: \(pair)
              key_file: \(pair)
              client_ca_file: \(certificates.authority)
              client_auth_type: RequireAndVerifyClientCert
            """, to: "web.yml")
        let file = try server.folder.write(configuration(server.target("test")), to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file], variables: ["WEIR_WEB_CONFIG_FILE": web])
        let port = try await weir.port()
        #expect(try await curl(port, authority: certificates.authority, "--cert", client, path: "/livez") == "ok\n")
        #expect(try await curl(port, authority: certificates.authority, path: "/livez") == nil)
        let probe = try await WeirProcess.run(["healthcheck", "--listen", "127.0.0.1:\(port)"])
        #expect(probe.status == 0, "\(probe.output)")
        let checked = try await WeirProcess.run(["check", file, "--web.config.file", web])
        #expect(checked.status == 0)
        #expect(checked.output.contains("TLS 1.2 to 1.3, RequireAndVerifyClientCert; no users"))
    }

    @Test("A file that is wrong ends weir at its start with status 78, and says where")
    func wrong() async throws {
        let server = try await RedisServer()
        let web = try server.folder.write(
            "tls_server_config: {cert_file: gone.crt, key_file: gone.key}\n", to: "web.yml")
        let (status, output) = try await WeirProcess.run(["--redis", server.url, "--web.config.file", web])
        #expect(status == 78)
        let words = "\(web):1:21: tls_server_config.cert_file: \(server.folder.path)/gone.crt cannot be read: "
        #expect(output.contains(words))
    }
}
