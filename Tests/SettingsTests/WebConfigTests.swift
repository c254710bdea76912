import Crypto
import HTTPServer
import Settings
import TestSupport
import Testing

@Suite("A web configuration")
struct WebConfigTests {
    private static let hash = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi"

    private func loading(_ text: String, path: String = "web.yml") -> Loading {
        var loading = Loading("targets: [{url: 'redis://h'}]\n", flags: SettingsFlags(webConfigFile: path))
        loading.files[path] = Array(text.utf8)
        return loading
    }

    @Test(
        "that says nothing is plain HTTP for everybody",
        arguments: [
            "", "# nothing\n", "{}", "tls_server_config:\nhttp_server_config:\nbasic_auth_users:\nrate_limit:\n",
            "tls_server_config: {}", "http_server_config: {http2: false, headers: {}}", "basic_auth_users: {}",
            "rate_limit: {interval: 0, burst: 1}", "rate_limit: {}",
        ])
    func plain(text: String) throws {
        let settings = try loading(text).load()
        #expect(settings.http.web == WebConfig())
        #expect(settings.warnings == [])
    }

    @Test("is named by the flag, else by its variable")
    func sources() throws {
        var loading = loading("basic_auth_users: {alice: \(Self.hash)}")
        #expect(try loading.load().http.web.users.keys.sorted() == ["alice"])
        loading.flags.webConfigFile = nil
        #expect(try loading.load().http.web == WebConfig())
        loading.environment["WEIR_WEB_CONFIG_FILE"] = "web.yml"
        #expect(try loading.load().http.web.users.keys.sorted() == ["alice"])
        loading.environment["WEIR_WEB_CONFIG_FILE"] = "gone.yml"
        #expect(loading.complaints() == ["gone.yml: cannot be read: No such file or directory"])
        #expect(loading.kind() == .file)
    }

    @Test("has users, headers and a rate limit")
    func read() throws {
        let settings = try loading(
            """
            http_server_config:
              headers:
                X-Frame-Options: deny
                X-Content-Type-Options: nosniff
                Strict-Transport-Security: max-age=31536000
                Content-Security-Policy:
            basic_auth_users:
              alice: \(Self.hash)
              "bob@example.com": \(Self.hash)
            rate_limit: {interval: 100ms, burst: 20}
            """
        ).load()
        let web = settings.http.web
        #expect(
            web.headers == [
                "X-Frame-Options": "deny", "X-Content-Type-Options": "nosniff",
                "Strict-Transport-Security": "max-age=31536000",
            ])
        #expect(web.users.keys.sorted() == ["alice", "bob@example.com"])
        #expect(web.users["alice"]?.matches(Array("fakepassword".utf8)) == true)
        #expect(web.rateLimit == RateLimit(interval: .milliseconds(100), burst: 20))
        #expect(settings.warnings == [])
        #expect("\(settings)".contains("QOauh") == false)
    }

    @Test(
        "that is wrong says where, and what is meant",
        arguments: [
            ("tls_server_confg: {}", "1:1: tls_server_confg: unknown key; did you mean tls_server_config?"),
            (
                "tls_server_config: {cert_fil: a}",
                "1:21: tls_server_config.cert_fil: unknown key; did you mean cert_file?"
            ),
            ("tls_server_config: {cert_file: /c}", "1:20: tls_server_config: neither key_file nor key; one of them"),
            (
                "tls_server_config: {key_file: /k, min_version: TLS13}",
                "1:20: tls_server_config: neither cert_file nor cert; one of"
            ),
            (
                "tls_server_config: {cert_file: /c, cert: x, key_file: /k}",
                "1:36: tls_server_config.cert: the certificate"
            ),
            (
                "tls_server_config: {cert_file: /c, key_file: /k, client_ca_file: /a}",
                "1:50: tls_server_config.client_ca_file: authorities for clients' certificates, and none is asked for"
            ),
            (
                "tls_server_config: {cert_file: /c, key_file: /k, client_auth_type: RequireAndVerifyClientCert}",
                "1:68: tls_server_config.client_auth_type: RequireAndVerifyClientCert verifies certificates, and there is"
            ),
            (
                "tls_server_config: {cert_file: /c, key_file: /k, client_auth_type: RequireAndVerify}",
                "1:68: tls_server_config.client_auth_type: \"RequireAndVerify\" is not one of NoClientCert, "
            ),
            (
                "tls_server_config: {cert_file: /c, key_file: /k, client_allowed_sans: [a]}",
                "1:50: tls_server_config.client_allowed_sans: a client may come without a certificate"
            ),
            (
                "tls_server_config: {cert_file: /c, key_file: /k, min_version: TLS14}",
                "1:63: tls_server_config.min_version: \"TLS14\" is not one of TLS10, TLS11, TLS12, TLS13; did you mean"
            ),
            (
                "tls_server_config: {cert_file: /c, key_file: /k, max_version: TLS11}",
                "1:63: tls_server_config.max_version: TLS 1.1 is below min_version, TLS 1.2"
            ),
            (
                "tls_server_config: {cert_file: /c, key_file: /k, cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]}",
                "1:66: tls_server_config.cipher_suites[0]: \"TLS_RSA_WITH_RC4_128_SHA\" is not one of TLS_AES_128_GCM"
            ),
            (
                """
                tls_server_config: {cert_file: /c, key_file: /k, cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]}
                """,
                "1:50: tls_server_config.cipher_suites: GnuTLS chooses ciphers and key exchanges apart, so that these "
                    + "imply TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256; "
            ),
            (
                "tls_server_config: {cert_file: /c, key_file: /k, cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA]}",
                "1:50: tls_server_config.cipher_suites: none of them has a cipher of TLS 1.3; add one, or give max_version"
            ),
            (
                "tls_server_config: {cert_file: /c, key_file: /k, curve_preferences: [P256]}",
                "1:70: tls_server_config.curve_preferences[0]: \"P256\" is not one of CurveP256, CurveP384, CurveP521, X255"
            ),
            (
                "tls_server_config: {key_file: /k, cert_file: /gone}",
                "1:35: tls_server_config.cert_file: /gone cannot be read: No such"
            ),
            ("http_server_config: {http3: true}", "1:22: http_server_config.http3: unknown key; did you mean http2?"),
            ("http_server_config: {http2: yes}", "1:29: http_server_config.http2: \"yes\" is not true or false"),
            (
                "http_server_config: {headers: {X-Frame-Option: deny}}",
                "1:32: http_server_config.headers.X-Frame-Option: unknown key; did you mean X-Frame-Options?"
            ),
            (
                "http_server_config: {headers: {X-Frame-Options: allow}}",
                "1:49: http_server_config.headers.X-Frame-Options: the value may be deny or sameorigin"
            ),
            (
                "http_server_config: {headers: {Content-Security-Policy: \"a\\nb\"}}",
                "1:57: http_server_config.headers.Content-Security-Policy: a control character is in it"
            ),
            ("basic_auth_users: {alice: secret}", "1:27: basic_auth_users.alice: not a hash of bcrypt, which begins "),
            ("basic_auth_users: {alice: }", "1:27: basic_auth_users.alice: empty; a text is meant"),
            ("basic_auth_users: {'a:b': x}", "1:20: basic_auth_users: not the name of a user: "),
            ("basic_auth_users: [alice]", "1:19: basic_auth_users: a list, where a mapping (key: value) is meant"),
            (
                "basic_auth_users: {alice: $2y$17$abc}",
                "1:27: basic_auth_users.alice: a cost of 17 has each password take 128 times as long as the usual 10; 14 is"
            ),
            ("rate_limit: {interval: 1s}", "1:13: rate_limit.burst: missing; how many"),
            ("rate_limit: {burst: 1}", "1:13: rate_limit.interval: missing; the time"),
            ("rate_limit: {interval: 1s, burst: 0}", "1:35: rate_limit.burst: \"0\" is out of range: 1 to "),
            ("a: [", "2:1: did not find expected node content"),
        ])
    func complaints(text: String, expected: String) {
        let complaints = loading(text).complaints()
        #expect(complaints.count == 1)
        #expect(complaints.first?.hasPrefix("web.yml:\(expected)") == true, "\(complaints)")
        #expect(complaints.first?.contains("secret") == false)
    }

    @Test("that asks for HTTP/2 is told what weir speaks; a key inside of it is unwise")
    func warnings() async throws {
        let settings = try loading("http_server_config: {http2: true}").load()
        #expect(settings.warnings.count == 1)
        #expect(settings.warnings[0].hasPrefix("web.yml:1:29: http_server_config.http2: weir speaks HTTP/1.1 only"))
    }

    @Test("has certificates in files beside it, or in it")
    func certificates() async throws {
        let certificates = try await TestCertificates()
        let file = try await certificates.certificate("server", for: "DNS:localhost")
        let folder = String(file[..<(try #require(file.lastIndex(of: "/")))])
        let tls = try loading(
            """
            tls_server_config:
              cert_file: server.crt
              key_file: server.key
              client_ca_file: authority.pem
              client_auth_type: RequireAndVerifyClientCert
              client_allowed_sans: [prometheus]
              min_version: TLS12
              max_version: TLS12
              cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]
              prefer_server_cipher_suites: false
              curve_preferences: [X25519, CurveP256]
            """, path: "\(folder)/web.yml"
        ).load().http.web.tls
        var expected = TLSServerSettings(certificate: .file("\(folder)/server.crt"), key: .file("\(folder)/server.key"))
        expected.clientAuthorities = .file("\(folder)/authority.pem")
        expected.clients = .requireAndVerify
        expected.clientNames = ["prometheus"]
        expected.greatestVersion = .tls12
        expected.cipherSuites = [try #require(TLSCipherSuite.named("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))]
        expected.prefersOwnOrder = false
        expected.curves = [.x25519, .p256]
        #expect(tls == expected)

        func indented(_ name: String) -> String {
            String(decoding: certificates.read(name), as: UTF8.self).split(separator: "\n").map { "    \($0)\n" }
                .joined()
        }
        let inline = "tls_server_config:\n  cert: |\n\(indented("server.crt"))  key: |\n\(indented("server.key"))"
        let settings = try loading(inline).load()
        #expect(settings.http.web.tls != nil)
        #expect(settings.warnings.count == 1)
        #expect(
            settings.warnings[0].contains("tls_server_config.key: a private key in the file can be read by whoever"))
        #expect(!"\(settings)".contains("BEGIN"))
    }

    @Test("names the key of the file that is of no use")
    func uselessFiles() async throws {
        let certificates = try await TestCertificates()
        let whole = try await certificates.certificate("server", for: "DNS:localhost")
        _ = try await certificates.certificate("other", for: "DNS:localhost")
        let key = certificates.path("server.key")
        try await certificates.run(
            ["pkcs8", "-topk8", "-in", key, "-passout", "pass:secret", "-out", certificates.path("locked.key")])
        let folder = String(whole[..<(try #require(whole.lastIndex(of: "/")))])
        let clients = "client_auth_type: RequireAndVerifyClientCert, client_ca_file"
        for (section, place, words) in [
            ("cert_file: server.key, key_file: server.key", "1:21: tls_server_config.cert_file", "has no certificate"),
            ("key_file: server.crt, cert_file: server.crt", "1:21: tls_server_config.key_file", "has no private key"),
            ("key_file: other.key, cert_file: server.crt", "1:21: tls_server_config.key_file", "is not that of"),
            ("key_file: locked.key, cert_file: server.crt", "1:21: tls_server_config.key_file", "is encrypted"),
            ("cert_file: server.pem, key_file: gone.key", "1:44: tls_server_config.key_file", "cannot be read"),
            (
                "cert_file: server.pem, key_file: server.pem, \(clients): gone.pem",
                "1:112: tls_server_config.client_ca_file", "cannot be read"
            ),
            (
                "cert_file: server.pem, key_file: server.pem, \(clients): server.key",
                "1:112: tls_server_config.client_ca_file", "has no certificate"
            ),
            ("cert: no PEM, key_file: server.key", "1:21: tls_server_config.cert", "has no certificate"),
        ] {
            let complaints = loading("tls_server_config: {\(section)}", path: "\(folder)/web.yml").complaints()
            #expect(complaints.count == 1)
            #expect(complaints[0].hasPrefix("\(folder)/web.yml:\(place): ") && complaints[0].contains(words))
        }
    }

    @Test("with which nobody could connect is an error that names the suites that go with the certificate")
    func uselessSuites() async throws {
        let certificates = try await TestCertificates()
        let server = try await certificates.certificate("server", for: "DNS:localhost")
        func complaints(_ more: String) -> [String] {
            loading("tls_server_config: {cert_file: \(server), key_file: \(server), \(more)}").complaints()
        }
        let found = complaints(
            "max_version: TLS12, cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]")
        #expect(found.count == 1)
        #expect(found[0].contains(": tls_server_config.cipher_suites: nobody could connect: none of the cipher suites"))
        #expect(found[0].contains("; name one of TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_"))
        #expect(!found[0].contains("ECDHE_RSA"))
        #expect(complaints("cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]") == [])
    }

    @Test("is checked beside the configuration, whose errors come first")
    func checked() throws {
        let folder = try TemporaryFolder()
        let web = try folder.write("basic_auth_users: {alice: \(Self.hash)}\n", to: "web.yml")
        let file = try folder.write("targets: [{url: 'redis://h'}]\n", to: "weir.yml")
        let checked = try Settings.check(file: file, webConfigFile: web)
        #expect("\(checked)".contains("pages on 0.0.0.0:10061 (plain HTTP; 1 user)"))
        try folder.write("\n\nhtpp: {}\n", to: "weir.yml")
        try folder.write("basic_auth_user: {}\n", to: "web.yml")
        let errors = #expect(throws: SettingsErrors.self) { try Settings.check(file: file, webConfigFile: web) }
        #expect(errors?.problems.map { $0.description.contains("web.yml:1:1") } == [false, true])
    }
}
