import Crypto
import Platform
import RedisClient
import Settings
import Testing

@Suite("The sentinels of a target")
struct SentinelSectionTests {
    private func target(_ sentinel: String, url: String = "redis+sentinel://u:p@h1,h2/m") -> Loading {
        Loading("targets:\n  - url: \(url)\n    sentinel: \(sentinel)\n")
    }

    /// How the sentinels are spoken to, which is the same for all of them.
    private func access(_ loading: Loading) throws -> RedisAccess {
        guard case .sentinel(let topology) = try #require(loading.load().targets.first).topology else {
            throw NoSentinels()
        }
        let accesses = topology.sentinels.map(\.access)
        #expect(accesses.count == 2)
        #expect(Set(accesses).count == 1)
        return try #require(accesses.first)
    }

    private struct NoSentinels: Error {}

    @Test(
        "are spoken to as their own section says, and by default without a login",
        arguments: [
            ("", RedisAccess()), ("{}", RedisAccess()), ("{tls: {}}", RedisAccess(tls: TLSSettings())),
            ("{tls: }", RedisAccess(tls: TLSSettings())), ("{tls: false}", RedisAccess()),
            ("{password_file: /pw}", RedisAccess(password: .file(path: "/pw"))),
            ("{username: s, password_file: /pw}", RedisAccess(username: "s", password: .file(path: "/pw"))),
            (
                "{username: s, password: own, tls: {ca_file: /ca, server_name: n}}",
                RedisAccess(
                    username: "s", password: .secret(Secret(Array("own".utf8))),
                    tls: TLSSettings(caFile: "/ca", serverName: "n"))
            ),
        ])
    func read(sentinel: String, expected: RedisAccess) throws {
        var loading = target(sentinel)
        loading.files["/pw"] = Array("pw".utf8)
        loading.environment = ["WEIR_REDIS_PASSWORD": "of the data servers"]
        #expect(try access(loading) == expected)
        let primary = RedisAccess(username: "u", password: .secret(Secret(Array("p".utf8))))
        #expect(try loading.load().targets.map(\.topology.access) == [primary])
    }

    @Test("are spoken to over TLS as the primary, unless their section says otherwise")
    func tls() throws {
        let url = "rediss+sentinel://h1,h2/m"
        let own = "\n    tls: {ca_file: /ca, cert_file: /c}"
        let expected = TLSSettings(caFile: "/ca", certificateFile: "/c")
        #expect(try access(target("{}", url: url)).tls == TLSSettings())
        #expect(try access(target("{}" + own, url: url)).tls == expected)
        #expect(try access(Loading("targets:\n  - url: \(url)" + own)).tls == expected)
        #expect(try access(target("{tls: {ca_file: /other}}" + own, url: url)).tls == TLSSettings(caFile: "/other"))
        for off in ["{tls: false}", "{tls: false}" + own] {
            let loading = target(off, url: url)
            #expect(try access(loading).tls == nil)
            #expect(try loading.load().targets.first?.topology.access.tls != nil)
        }
        #expect(try access(Loading(flags: SettingsFlags(redis: [url]))).tls == TLSSettings())
    }

    @Test("have the shared password for nothing")
    func shared() throws {
        let loading = Loading(
            "targets: [{url: 'redis+sentinel://h1,h2/m', sentinel: {}}]", environment: ["WEIR_REDIS_PASSWORD": "pw"])
        #expect(try access(loading).password == nil)
        #expect(
            try loading.load().targets.map(\.topology.access.password) == [.secret(Secret(Array("pw".utf8)))])
    }

    @Test(
        "are for URLs of sentinels only",
        arguments: ["redis://h", "rediss://h", "unix:///s", "redis+cluster://h1,h2", "valkeys+cluster://h"])
    func otherURL(url: String) {
        for sentinel in ["", "{}", "{tls: {}}", "{password_file: /pw}"] {
            var loading = target(sentinel, url: url)
            loading.files["/pw"] = Array("pw".utf8)
            #expect(
                loading.complaints() == [
                    "weir.yaml:3:5: targets[0].sentinel: the url is not one of sentinels; write redis+sentinel:// there, "
                        + "or leave out sentinel"
                ])
        }
        #expect(target("{}", url: "redis+sentinel://h").complaints().count == 1)
    }

    @Test(
        "that are wrong are refused with what is",
        arguments: [
            (
                "{username: s}",
                [
                    "26: targets[0].sentinel.username: a user without a password; give password_file (a nopass user takes any)"
                ]
            ),
            ("{usrname: s}", ["16: targets[0].sentinel.usrname: unknown key; did you mean username?"]),
            ("{username: s, pasword: p}", ["29: targets[0].sentinel.pasword: unknown key; did you mean password?"]),
            (
                "{url: 'redis://h'}",
                [
                    "16: targets[0].sentinel.url: unknown key; known are username, password_file, password, tls"
                ]
            ),
            (
                "{password_file: /gone}",
                ["31: targets[0].sentinel.password_file: cannot be read: No such file or directory"]
            ),
            (
                "{password: p, password_file: /pw}",
                ["29: targets[0].sentinel.password_file: the password is given twice, here and in password; keep one"]
            ),
            ("{password: }", ["26: targets[0].sentinel.password: empty; a text is meant"]),
            ("{tls: true}", ["21: targets[0].sentinel.tls: a single value, where a mapping (key: value) is meant"]),
            (
                "{tls: {key_file: k}}",
                [
                    "22: targets[0].sentinel.tls.key_file: a key without its certificate; give cert_file (the key may "
                        + "stand in it as well)"
                ]
            ),
            ("[a]", ["15: targets[0].sentinel: a list, where a mapping (key: value) is meant"]),
            ("mymaster", ["15: targets[0].sentinel: a single value, where a mapping (key: value) is meant"]),
        ])
    func wrong(sentinel: String, complaints: [String]) {
        var loading = target(sentinel)
        loading.files["/pw"] = Array("pw".utf8)
        #expect(loading.complaints() == complaints.map { "weir.yaml:3:" + $0 })
    }

    @Test("and the primary may both have a file that is wrong, and both are told of")
    func bothFiles() {
        let yaml = """
            targets:
              - url: redis+sentinel://h/m
                password_file: /gone
                sentinel: {password_file: /empty}
            """
        var loading = Loading(yaml)
        loading.files["/empty"] = []
        #expect(
            loading.complaints() == [
                "weir.yaml:3:20: targets[0].password_file: cannot be read: No such file or directory",
                "weir.yaml:4:31: targets[0].sentinel.password_file: the file holds no password",
            ])
    }

    @Test("have their files beside the configuration")
    func relativePaths() throws {
        var loading = Loading()
        loading.flags.config = "/etc/weir/weir.yaml"
        loading.files["/etc/weir/weir.yaml"] = Array(
            "targets: [{url: 'redis+sentinel://h1,h2/m', sentinel: {password_file: pw, tls: {ca_file: ca.pem}}}]".utf8)
        loading.files["/etc/weir/pw"] = Array("pw".utf8)
        #expect(
            try access(loading)
                == RedisAccess(password: .file(path: "/etc/weir/pw"), tls: TLSSettings(caFile: "/etc/weir/ca.pem")))
    }

    @Test("are warned of as the target itself is")
    func warnings() throws {
        let settings = try target("{password: p, tls: {insecure_skip_verify: true}}", url: "redis+sentinel://h1,h2/m")
            .load()
        #expect(
            settings.warnings == [
                "weir.yaml:3:16: targets[0].sentinel.password: a password in the file can be read by whoever reads the file; "
                    + "password_file keeps it apart",
                "weir.yaml:3:35: targets[0].sentinel.tls.insecure_skip_verify: whoever answers is taken for the server, and "
                    + "is told the password; ca_file names authorities of your own",
            ])
    }

    @Test("and clusters are accepted by a check, which opens no file")
    func check() throws {
        let file = try Loading(
            """
            targets:
              - {url: 'rediss+sentinel://h1,h2/m', tls: {ca_file: gone}, sentinel: {password_file: gone, tls: {ca_file: gone}}}
              - {url: 'redis+cluster://h1,h2', username: u, password_file: gone}
            """
        ).check()
        #expect(file.targets == ["h1:26379/m", "h1:6379"])
        #expect(file.warnings == [])
    }
}
