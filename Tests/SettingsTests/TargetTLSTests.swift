import Crypto
import RedisClient
import Settings
import Testing

@Suite("TLS of a target")
struct TargetTLSTests {
    private func target(_ tls: String, url: String = "rediss://h") -> Loading {
        Loading("targets:\n  - url: \(url)\n    tls: \(tls)\n")
    }

    @Test(
        "is read",
        arguments: [
            ("", TLSSettings()), ("{}", TLSSettings()), ("{insecure_skip_verify: false}", TLSSettings()),
            (
                "{ca_file: /a, cert_file: /c, key_file: /k, server_name: redis.example}",
                TLSSettings(caFile: "/a", certificateFile: "/c", keyFile: "/k", serverName: "redis.example")
            ),
            ("{cert_file: /both}", TLSSettings(certificateFile: "/both")),
            ("{server_name: 'fe80::1'}", TLSSettings(serverName: "fe80::1")),
            ("{server_name: 10.0.0.1}", TLSSettings(serverName: "10.0.0.1")),
            ("{server_name: redis.example.}", TLSSettings(serverName: "redis.example.")),
        ])
    func read(tls: String, expected: TLSSettings) throws {
        for url in ["rediss://h", "valkeys://h", "rediss+sentinel://h/m", "valkeys+cluster://h"] {
            let settings = try target(tls, url: url).load()
            #expect(settings.targets.map(\.topology.access.tls) == [expected])
            #expect(settings.warnings == [])
        }
    }

    @Test("has its files beside the configuration, and opens none of them")
    func relativePaths() throws {
        var loading = Loading()
        loading.flags.config = "/etc/weir/weir.yaml"
        loading.files["/etc/weir/weir.yaml"] = Array(
            "targets: [{url: 'rediss://h', tls: {ca_file: ca.pem, cert_file: tls/c.pem, key_file: /k}}]".utf8)
        #expect(
            try loading.load().targets.map(\.topology.access.tls)
                == [TLSSettings(caFile: "/etc/weir/ca.pem", certificateFile: "/etc/weir/tls/c.pem", keyFile: "/k")])
    }

    @Test(
        "is for URLs of TLS only",
        arguments: [
            "redis://h", "valkey://h", "unix:///run/redis.sock", "redis+sentinel://h/m", "valkey+cluster://h",
        ])
    func plainURL(url: String) {
        for tls in ["", "{}", "{ca_file: a}"] {
            #expect(
                target(tls, url: url).complaints() == [
                    "weir.yaml:3:5: targets[0].tls: the url is not one of TLS; write rediss:// or valkeys:// there, "
                        + "or leave out tls"
                ])
        }
        #expect(target("{}", url: "rediss://h:x").complaints().count == 1)
        #expect(target("{}", url: "redis+sentinel://h").complaints().count == 1)
    }

    @Test(
        "that is wrong is refused with what is",
        arguments: [
            (
                "{key_file: k}",
                [
                    "11: targets[0].tls.key_file: a key without its certificate; give cert_file (the key may stand in it as well)"
                ]
            ),
            ("{key_file: k, cert_fil: c}", ["24: targets[0].tls.cert_fil: unknown key; did you mean cert_file?"]),
            ("{key_file: k, cert_file: }", ["35: targets[0].tls.cert_file: empty; the path of a file is meant"]),
            ("{ca_file: 'https://h'}", ["20: targets[0].tls.ca_file: a URL, where the path of a file is meant"]),
            (
                "{cert_file: -----BEGIN CERTIFICATE-----}",
                ["22: targets[0].tls.cert_file: what the file holds, where the path of a file is meant"]
            ),
            (
                "{server_name: 'h:6379'}",
                [
                    "24: targets[0].tls.server_name: \"h:6379\" is not the name or the address of a server "
                        + "such as redis.example"
                ]
            ),
            (
                "{server_name: }",
                [
                    "24: targets[0].tls.server_name: empty; the name or the address of a server such as redis.example "
                        + "is meant"
                ]
            ),
            (
                "{insecure_skip_verify: yes}",
                [
                    "33: targets[0].tls.insecure_skip_verify: \"yes\" is not true or false; "
                        + "yes, no, on and off are only words here"
                ]
            ),
            ("[a]", ["10: targets[0].tls: a list, where a mapping (key: value) is meant"]),
            ("true", ["10: targets[0].tls: a single value, where a mapping (key: value) is meant"]),
            (
                "{ca: a}",
                [
                    "11: targets[0].tls.ca: unknown key; known are ca_file, cert_file, key_file, server_name, "
                        + "insecure_skip_verify"
                ]
            ),
        ])
    func wrong(tls: String, complaints: [String]) {
        #expect(target(tls).complaints() == complaints.map { "weir.yaml:3:" + $0 })
    }

    @Test("without verification is warned of, and so are authorities that it does not read")
    func unverified() throws {
        let settings = try target("{insecure_skip_verify: true, ca_file: a, server_name: n}").load()
        #expect(
            settings.targets.map(\.topology.access.tls)
                == [TLSSettings(caFile: "a", serverName: "n", skipsVerification: true)])
        #expect(
            settings.warnings == [
                "weir.yaml:3:11: targets[0].tls.insecure_skip_verify: whoever answers is taken for the server, and is "
                    + "told the password; ca_file names authorities of your own",
                "weir.yaml:3:39: targets[0].tls.ca_file: not read, as insecure_skip_verify is true: nothing is verified",
            ])
    }
}
