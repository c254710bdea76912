import Platform
import RedisClient
import Settings
import Testing

@Suite("Passwords")
struct PasswordTests {
    private func secret(_ text: String) -> RedisPassword { .secret(Secret(Array(text.utf8))) }

    @Test("from the environment are for every target without its own")
    func shared() throws {
        let yaml = "targets: [{url: 'redis://a'}, {url: 'redis://u:own@b'}, {url: 'redis://c', username: w}]"
        var loading = Loading(yaml, environment: ["WEIR_REDIS_PASSWORD": "env"])
        #expect(
            try loading.load().targets.map(\.topology.access.password) == [secret("env"), secret("own"), secret("env")])
        loading.environment = ["WEIR_REDIS_PASSWORD_FILE": "/pw"]
        loading.files["/pw"] = Array("from file\n".utf8)
        let file = RedisPassword.file(path: "/pw")
        #expect(try loading.load().targets.map(\.topology.access.password) == [file, secret("own"), file])
        #expect(try loading.load().targets.map(\.topology.access.username) == [nil, "u", "w"])
        loading.environment["WEIR_REDIS_PASSWORD"] = "env"
        #expect(
            loading.complaints()
                == ["WEIR_REDIS_PASSWORD: the password is given twice, here and in WEIR_REDIS_PASSWORD_FILE; keep one"])
    }

    @Test("from a file are not in the settings, which a new password in it leaves as they are")
    func file() throws {
        var loading = Loading("targets: [{url: 'redis://a', username: u, password_file: /pw}]")
        loading.files["/pw"] = Array("old".utf8)
        let settings = try loading.load()
        #expect(settings.targets.map(\.topology.access.password) == [.file(path: "/pw")])
        loading.files["/pw"] = Array("new".utf8)
        #expect(try loading.load() == settings)
    }

    @Test("from a file that is empty or cannot be read are an error")
    func badFile() {
        var loading = Loading("targets: [{url: 'redis://a', password_file: /pw}]")
        #expect(
            loading.complaints()
                == ["weir.yaml:1:45: targets[0].password_file: cannot be read: No such file or directory"])
        for contents in ["", "\n", "\r\n"] {
            loading.files["/pw"] = Array(contents.utf8)
            #expect(loading.complaints() == ["weir.yaml:1:45: targets[0].password_file: the file holds no password"])
            loading.environment = ["WEIR_REDIS": "redis://u@a", "WEIR_REDIS_PASSWORD_FILE": "/pw"]
            #expect(loading.complaints() == ["WEIR_REDIS_PASSWORD_FILE: the file holds no password"])
            loading.environment = [:]
        }
    }

    @Test("of targets that are not used are not looked for")
    func unused() throws {
        let loading = Loading(
            "targets: [{url: 'redis://a', password_file: /gone}]", flags: SettingsFlags(redis: ["redis://b"]))
        #expect(try loading.load().targets.map(\.name) == ["b:6379"])
    }

    @Test("in a file named by a relative path are looked for beside the configuration")
    func relativePath() throws {
        var loading = Loading()
        loading.flags.config = "/etc/weir/weir.yaml"
        loading.files["/etc/weir/weir.yaml"] = Array("targets: [{url: 'redis://a', password_file: pw}]".utf8)
        loading.files["/etc/weir/pw"] = Array("pw".utf8)
        #expect(try loading.load().targets.map(\.topology.access.password) == [.file(path: "/etc/weir/pw")])
    }

    @Test("and users given twice are an error")
    func twice() {
        let complaints = Loading(
            """
            targets:
              - url: redis://u:p@a
                username: u
                password: p
                password_file: /pw
              - url: redis://b
                password: p
                password_file: /pw
            """
        ).complaints()
        #expect(
            complaints.filter { !$0.contains("cannot be read") } == [
                "weir.yaml:3:5: targets[0].username: the user is given twice, here and in the url; keep one",
                "weir.yaml:4:5: targets[0].password: the password is given twice, here and in url; keep one",
                "weir.yaml:5:5: targets[0].password_file: the password is given twice, here and in url; keep one",
                "weir.yaml:8:5: targets[1].password_file: the password is given twice, here and in password; keep one",
            ])
    }

    @Test("are needed by a user")
    func userAlone() {
        let expected =
            "a user without a password; give password_file or WEIR_REDIS_PASSWORD (a nopass user takes any)"
        #expect(
            Loading("targets: [{url: 'redis://a', username: u}]").complaints()
                == ["weir.yaml:1:40: targets[0].username: \(expected)"])
        #expect(
            Loading("targets: [{url: 'redis://u@a'}]").complaints() == ["weir.yaml:1:17: targets[0].url: \(expected)"])
        #expect(Loading(flags: SettingsFlags(redis: ["redis://u@a"])).complaints() == ["--redis: \(expected)"])
    }

    @Test("that others can read are warned of")
    func warnings() throws {
        let warning = "a password in the file can be read by whoever reads the file; password_file keeps it apart"
        let settings = try Loading(
            """
            targets:
              - name: a
                url: redis://h
                password: p
              - url: redis://:p@i
            """
        ).load()
        #expect(
            settings.warnings
                == ["weir.yaml:4:5: targets[0].password: \(warning)", "weir.yaml:5:5: targets[1].url: \(warning)"])
        let flag = try Loading(flags: SettingsFlags(redis: ["redis://:p@h"])).load()
        #expect(
            flag.warnings == [
                "--redis: a password in a flag can be read in the list of processes; "
                    + "WEIR_REDIS_PASSWORD_FILE keeps it apart"
            ])
        #expect(try Loading(environment: ["WEIR_REDIS": "redis://:p@h"]).load().warnings.isEmpty)
    }
}
