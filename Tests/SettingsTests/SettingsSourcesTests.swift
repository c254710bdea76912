import Crypto
import RedisClient
import Settings
import StreamModel
import Testing

@Suite("Flags, environment and file")
struct SettingsSourcesTests {
    private static let file = "targets: [{name: a, url: 'redis://a'}]\npoll: {interval: 10s}\nhttp: {listen: [':1']}\n"
    private static let environment = [
        "WEIR_REDIS": "redis://b, redis://c:7000", "WEIR_INTERVAL": "20s", "WEIR_LISTEN": ":2,:3",
        "WEIR_STREAM": "x,y:*", "WEIR_LOG_LEVEL": "debug", "WEIR_LOG_FORMAT": "json",
    ]

    @Test("give way to each other: a flag beats the environment beats the file")
    func precedence() throws {
        let file = try Loading(Self.file).load()
        #expect(file.targets.map(\.name) == ["a"])
        #expect(file.targets.map(\.streams) == [[Glob("*")]])
        #expect(file.poll.interval == .seconds(10))
        #expect(file.http.listen.map(\.port) == [1])

        let environment = try Loading(Self.file, environment: Self.environment).load()
        #expect(environment.targets.map(\.name) == ["b:6379", "c:7000"])
        #expect(environment.targets.map(\.streams) == [[Glob("x"), Glob("y:*")], [Glob("x"), Glob("y:*")]])
        #expect(environment.poll.interval == .seconds(20))
        #expect(environment.http.listen.map(\.port) == [2, 3])
        #expect(environment.log.level == .debug)
        #expect(environment.log.format == .json)

        let flags = SettingsFlags(
            redis: ["redis://d"], stream: ["z"], interval: "30s", listen: [":4"], logLevel: "error", logFormat: "text")
        let settings = try Loading(Self.file, flags: flags, environment: Self.environment).load()
        #expect(settings.targets.map(\.name) == ["d:6379"])
        #expect(settings.targets.map(\.streams) == [[Glob("z")]])
        #expect(settings.poll.interval == .seconds(30))
        #expect(settings.http.listen.map(\.port) == [4])
        #expect(settings.log.level == .error)
        #expect(settings.log.format == .text)
    }

    @Test("give a target of TLS, which trusts the system's authorities")
    func tls() throws {
        let expected = RedisEndpoint(address: .tcp(host: "h", port: 6379), tls: TLSSettings())
        for loading in [
            Loading(flags: SettingsFlags(redis: ["rediss://h"])), Loading(environment: ["WEIR_REDIS": "valkeys://h"]),
            Loading("targets: [{url: 'rediss://h'}]"),
        ] {
            let targets = try loading.load().targets
            #expect(targets.map(\.topology) == [.single(expected)])
            #expect(targets.map(\.name) == ["h:6379"])
        }
    }

    @Test(
        "take a variable's commas for those between URLs where a scheme follows",
        arguments: [
            ("redis://a,redis+sentinel://h1,h2/m,unix:///x", ["a:6379", "h1:26379/m", "/x"]),
            ("redis+cluster://h1,h2 ,  redis://b", ["h1:6379", "b:6379"]),
            ("redis+cluster://h1,h2", ["h1:6379"]), ("redis://:p,q@a,redis://b", ["a:6379", "b:6379"]),
            ("unix:///a,b,valkeys+sentinel://[::1]:1,[::2]/m/2", ["/a,b", "[::1]:1/m"]),
        ])
    func lists(variable: String, names: [String]) throws {
        #expect(try Loading(environment: ["WEIR_REDIS": variable]).load().targets.map(\.name) == names)
    }

    @Test("name the file by WEIR_CONFIG as by --config")
    func config() throws {
        var loading = Loading(Self.file, environment: ["WEIR_CONFIG": "other.yaml"])
        loading.files["other.yaml"] = Array("targets: [{url: 'redis://o'}]".utf8)
        #expect(try loading.load().targets.map(\.name) == ["a"])
        loading.flags.config = nil
        #expect(try loading.load().targets.map(\.name) == ["o:6379"])
    }

    @Test("count an empty variable as unset, and leave other variables of the name alone")
    func ignored() throws {
        let environment = [
            "WEIR_INTERVAL": "", "WEIR_REDIS": "", "WEIR_PORT": "tcp://10.0.0.1:10061", "WEIR_SERVICE_HOST": "10.0.0.1",
            "WEIR_SHARD": "", "WEIR_REDIS_PASSWORD": "",
        ]
        let settings = try Loading(Self.file, environment: environment).load()
        #expect(settings.poll.interval == .seconds(10))
        #expect(settings.targets.map(\.topology.access.password) == [nil])
    }

    @Test("without a target say the three ways to give one")
    func noTarget() {
        let ways =
            "no target; give --redis redis://HOST:6379, or WEIR_REDIS=redis://HOST:6379, "
            + "or targets in a file (--config)"
        #expect(Loading().complaints() == [ways])
        #expect(Loading().kind() == .usage)
        #expect(Loading("poll: {}").complaints() == ["weir.yaml:1:1: targets: \(ways)"])
        #expect(Loading("targets: []").complaints() == ["weir.yaml:1:10: targets: \(ways)"])
        #expect(Loading("poll: {}").kind() == .file)
        #expect(Loading("poll: {}", flags: SettingsFlags(redis: ["redis://h"])).complaints().isEmpty)
    }

    @Test(
        "that are wrong are named",
        arguments: [
            (SettingsFlags(interval: "1.5s"), "--interval: \"1.5s\" is not a duration: "),
            (SettingsFlags(interval: "2h"), "--interval: \"2h\" is out of range: 100ms to 1h, such as 5s"),
            (SettingsFlags(interval: ""), "--interval: empty; "),
            (SettingsFlags(stream: [""]), "--stream: empty; "),
            (SettingsFlags(stream: ["a", "a"]), "--stream: \"a\" is given twice"),
            (SettingsFlags(listen: ["x"]), "--listen: \"x\" is not an address to listen on: it has no port"),
            (SettingsFlags(listen: [":1", ":1"]), "--listen: \"0.0.0.0:1\" is given twice"),
            (
                SettingsFlags(logLevel: "warnin"),
                "--log-level: \"warnin\" is not one of trace, debug, info, warning, error; did you mean warning?"
            ),
            (SettingsFlags(logFormat: "xml"), "--log-format: \"xml\" is not one of text, json"),
            (SettingsFlags(stateDir: ""), "--state-dir: empty; the path of a folder such as /var/lib/weir is meant"),
            (SettingsFlags(stateDir: "redis://a"), "--state-dir: a URL, where the path of a folder such as "),
            (SettingsFlags(shard: "2/2"), "--shard: \"2/2\" is out of range: I from 0 and below N, "),
            (SettingsFlags(webConfigFile: ""), "--web.config.file: empty; "),
        ])
    func wrongFlags(flags: SettingsFlags, expected: String) {
        var flags = flags
        flags.redis = ["redis://h"]
        let loading = Loading(flags: flags)
        #expect(loading.complaints().count == 1)
        #expect(loading.complaints().first?.hasPrefix(expected) == true)
        #expect(loading.kind() == .usage)
    }

    @Test(
        "that are wrong in the environment are named too",
        arguments: [
            ("WEIR_INTERVAL", "5", "5 has no unit: 5s?"), ("WEIR_REDIS", "h:6379", "the URL has no scheme; "),
            ("WEIR_REDIS", "redis://a,", "a comma is in the host; "),
            ("WEIR_REDIS", "redis://a,b:6379", "a comma is in the host; "), ("WEIR_REDIS", ",redis://a", "empty; "),
            ("WEIR_REDIS", "redis+cluster://a,,redis://b", "nothing stands on one side of a comma; "),
            ("WEIR_REDIS", "redis+cluster://a,http://b", "the scheme of the URL is not known; "),
            ("WEIR_REDIS", "redis+sentinel://a,b/m,redis+sentinel://a/m", "two targets are named \"a:26379/m\"; "),
            ("WEIR_STREAM", "a,,b", "empty; "),
            ("WEIR_LISTEN", ":1,:x", "\":x\" "),
            ("WEIR_STATE_DIR", "redis://a", "a URL, where the path of a folder "),
            ("WEIR_SHARD", "first", "\"first\" is not one of several weirs, I/N, such as 0/3"),
            ("WEIR_LOG_FORMAT", "JSON", "\"JSON\" is not one of text, json"),
            ("WEIR_REDIS", "redis://a,redis://a/1", "two targets are named \"a:6379\"; "),
            ("WEIR_REDIS_PASSWORD_FILE", "/gone", "cannot be read: No such file or directory"),
        ])
    func wrongVariables(name: String, value: String, expected: String) {
        var environment = ["WEIR_REDIS": "redis://h"]
        environment[name] = value
        let loading = Loading(environment: environment)
        #expect(loading.complaints().count == 1)
        #expect(loading.complaints().first?.hasPrefix("\(name): \(expected)") == true)
        #expect(loading.kind() == .usage)
    }

    @Test("tell a file that cannot be read apart from one that is wrong")
    func unreadableFile() {
        let loading = Loading(flags: SettingsFlags(config: "/gone.yaml"))
        #expect(loading.complaints() == ["/gone.yaml: cannot be read: No such file or directory"])
        #expect(loading.kind() == .file)
        #expect(
            Loading(flags: SettingsFlags(config: "")).complaints() == ["--config: empty; the path of a file is meant"])
    }
}
