import Glibc
import TestSupport
import Testing

@Suite("Commands and their exit statuses")
struct CommandTests {
    @Test(
        "Bad usage is 64, a bad file 78, and the message says what",
        arguments: [
            (["--nonsense"], 64, "--nonsense"), (["nonsense"], 64, "nonsense"), ([], 64, "no target"),
            (["--redis", "127.0.0.1:6379"], 64, "--redis: the URL has no scheme"),
            (["--redis", "redis://h", "--interval", "5"], 64, "--interval: 5 has no unit"),
            (["--redis", "redis://h", "--interval", "1ms"], 64, "--interval: \"1ms\" is out of range"),
            (["--redis", "redis://h", "--listen", "nowhere"], 64, "--listen:"),
            (["--redis", "redis://h", "--log-level", "loud"], 64, "--log-level:"),
            (["--redis", "redis://h", "--log-format", "xml"], 64, "--log-format:"),
            (["--redis"], 64, "--redis"),
            (["--redis", "redis://h", "--state-dir", ""], 64, "--state-dir: empty"),
            (["--config", "/nonexistent/weir.yaml"], 78, "/nonexistent/weir.yaml: cannot be read"),
            (["check", "/nonexistent/weir.yaml"], 78, "/nonexistent/weir.yaml: cannot be read"),
            (["check"], 64, "file"), (["demo", "--port", "port"], 64, "--port"),
            (["healthcheck", "--listen", "nowhere"], 64, "--listen:"),
            (["trace", "s", "1-1"], 64, "no target"), (["trace", "s"], 64, "<id>"),
            (["trace", "s", "x", "--redis", "redis://h"], 64, "the ID: \"x\" is not <milliseconds>-<sequence>"),
            (["trace", "s", "1", "--config", "/nonexistent/weir.yaml"], 78, "cannot be read"),
            (["diagnose"], 64, "no target"),
            (
                ["diagnose", "--redis", "redis://h", "--target", "x"], 64,
                "there is no target of that name; there are: h:6379"
            ),
            (["diagnose", "--config", "/nonexistent/weir.yaml"], 78, "cannot be read"),
            (["acl"], 64, "no target"), (["acl", "--redis", "h"], 64, "--redis: the URL has no scheme"),
            (["acl", "--config", "/nonexistent/weir.yaml"], 78, "/nonexistent/weir.yaml: cannot be read"),
            (["once"], 64, "no target"), (["once", "--timeout", "5"], 64, "--timeout: 5 has no unit"),
            (["once", "--timeout", "1ms"], 64, "--timeout: it is at least 100ms"),
            (["once", "--from", "h:1"], 64, "--from: the URL starts neither with http"),
            (
                ["once", "--from", "http://[::1"], 64,
                "--from: an IPv6 address stands in brackets, and nothing else does; the URL of a running weir is meant, "
                    + "such as http://127.0.0.1:10061"
            ),
            (
                ["once", "--from", ""], 64,
                "--from: empty; the URL of a running weir is meant, such as http://127.0.0.1:10061"
            ),
            (["once", "--from=http://"], 64, "such as http://127.0.0.1:10061"),
            (["--redis", "redis://"], 64, "--redis: the URL has no host; redis://host:port is meant"),
            (["--redis", "redis://[::1"], 64, "and nothing else does, such as redis://[::1]:6379"),
            (["once", "--from", "http://h", "--redis", "redis://h"], 64, "--redis cannot go with it"),
            (["once", "--from", "http://h", "--interval", "5"], 64, "--interval: 5 has no unit"),
            (["once", "--config", "/nonexistent/weir.yaml"], 78, "/nonexistent/weir.yaml: cannot be read"),
        ] as [([String], Int32, String)])
    func wrong(arguments: [String], status: Int32, message: String) async throws {
        let weir = try await WeirProcess.run(arguments)
        #expect(weir.status == status)
        #expect(weir.output.contains(message))
    }

    @Test("A bad variable is bad usage")
    func badVariable() async throws {
        let weir = try await WeirProcess.run(["--redis", "redis://h"], variables: ["WEIR_INTERVAL": "soon"])
        #expect(weir.status == 64)
        #expect(weir.output.contains("WEIR_INTERVAL: \"soon\" is not a duration"))
    }

    @Test("check names every mistake with its line and column")
    func checkBad() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "targets:\n  - url: redis://h\n    pasword: x\npoll: {interval: fast}\n", to: "weir.yaml")
        for arguments in [["check", file], ["--config", file]] {
            let weir = try await WeirProcess.run(arguments)
            #expect(weir.status == 78)
            #expect(weir.output.contains("\(file):3:5: targets[0].pasword: unknown key; did you mean password?"))
            #expect(weir.output.contains("\(file):4:18: poll.interval: \"fast\" is not a duration"))
        }
    }

    @Test("check accepts a good file")
    func checkGood() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(configuration("name: orders, url: \"redis://h\""), to: "weir.yaml")
        let weir = try await WeirProcess.run(["check", file])
        #expect(weir.status == 0)
        #expect(weir.output.contains("orders"))
    }

    @Test(
        "Help and version are no errors",
        arguments: [
            (["--version"], "weir "), (["--help"], "USAGE: weir"), (["run", "--help"], "--redis"),
            (["demo", "--help"], "--port"), (["check", "--help"], "<file>"), (["healthcheck", "--help"], "--listen"),
            (["acl", "--help"], "--redis"), (["once", "--help"], "--from"), (["trace", "--help"], "--wait"),
            (["diagnose", "--help"], "--target"),
        ])
    func help(arguments: [String], text: String) async throws {
        let weir = try await WeirProcess.run(arguments)
        #expect(weir.status == 0)
        #expect(weir.output.contains(text))
    }

    /// What a command prints and its status, behind `redirection` in a shell.
    private func run(
        _ arguments: [String], _ redirection: String, before: String = ":"
    ) async throws -> (status: Int32, output: String) {
        let words = try ([WeirProcess.executable()] + arguments).map { "'\($0)'" }.joined(separator: " ")
        return try await ChildProcess.run(["sh", "-c", "\(before); \(words) \(redirection)"])
    }

    private static let printing = [
        ["once", "--redis", "URL"], ["once", "--json", "--redis", "URL"], ["diagnose", "--redis", "URL"],
        ["trace", "s", "1-1", "--redis", "URL", "--wait", "0s"], ["trace", "s", "1-1", "--json", "--redis", "URL"],
        ["acl", "--redis", "URL"], ["check", "FILE"], ["--version"], ["--help"], ["once", "--help"],
        ["pause", "--state-dir", "FOLDER"], ["resume", "--state-dir", "FOLDER"],
        ["silence", "LagHigh", "1m", "--state-dir", "FOLDER"], ["notify-test", "ops", "--config", "FILE"],
    ]

    @Test("What cannot be printed is no success, and says why", arguments: printing)
    func unprintable(arguments: [String]) async throws {
        let server = try await RedisServer()
        let client = try await server.client()
        try await client.send("XADD", "s", "1-1", "f", "v")
        try await client.send("XGROUP", "CREATE", "s", "g", "$")
        let receiver = try WebhookReceiver { _ in .reply() }
        let channels = "channels: [{name: ops, type: webhook, url: \"\(receiver.url())\"}]\n"
        let file = try server.folder.write(configuration(server.target("test")) + channels, to: "weir.yaml")
        let places = ["URL": server.url, "FILE": file, "FOLDER": server.folder.path]
        let arguments = arguments.map { places[$0] ?? $0 }
        let whole = try await run(arguments, "")
        // There was no pause to end.
        #expect(whole.status == (arguments[0] == "resume" ? 1 : 0), "\(whole.output)")
        let full = try await run(arguments, "> /dev/full")
        #expect(full.status == 3)
        #expect(full.output.hasSuffix("the output cannot be written: No space left on device\n"), "\(full.output)")
        // A pipe whose reader has gone.
        let pipe = "\(server.folder.path)/pipe"
        let left = try await run(arguments, ">&4", before: "mkfifo '\(pipe)'; exec 3<>'\(pipe)' 4>'\(pipe)' 3<&-")
        #expect(left.status == 3, "\(left.output)")
        #expect(!left.output.contains("cannot be written"))
        let closed = try await run(arguments, ">&-")
        #expect(closed.status == 3)
        #expect(closed.output.hasSuffix("the output cannot be written: Bad file descriptor\n"), "\(closed.output)")
    }

    @Test("healthcheck asks where weir listens, and fails where nothing does")
    func healthcheck() async throws {
        let weir = try await WeirProcess.serving(["--redis", "redis://127.0.0.1:1"])
        let address = "127.0.0.1:\(try await weir.port())"
        let folder = try TemporaryFolder()
        let file = try folder.write(
            configuration("url: \"redis://h\"", http: "listen: [\"\(address)\"]"), to: "weir.yaml")
        #expect(try await WeirProcess.run(["healthcheck", "--listen", address]).status == 0)
        #expect(try await WeirProcess.run(["healthcheck"], variables: ["WEIR_LISTEN": address]).status == 0)
        #expect(try await WeirProcess.run(["healthcheck", "--config", file]).status == 0)
        #expect(try await WeirProcess.run(["healthcheck"], variables: ["WEIR_CONFIG": file]).status == 0)

        let nobody = "127.0.0.1:\(try LoopbackListener.unusedPort())"
        let failed = try await WeirProcess.run(["healthcheck", "--listen", nobody])
        #expect(failed.status == 1)
        #expect(failed.output.contains(nobody))
    }

    @Test("healthcheck fails where something else answers, or nothing in time")
    func healthcheckElsewhere() async throws {
        let redis = try await RedisServer()
        #expect(try await WeirProcess.run(["healthcheck", "--listen", "127.0.0.1:\(redis.port)"]).status == 1)
        let silent = try LoopbackListener()
        #expect(try await WeirProcess.run(["healthcheck", "--listen", "127.0.0.1:\(silent.port)"]).status == 1)
    }

    @Test("healthcheck says of a weir that hangs that it did not answer in time")
    func healthcheckOfStopped() async throws {
        let weir = try await WeirProcess.serving(["--redis", "redis://127.0.0.1:1"])
        let address = "127.0.0.1:\(try await weir.port())"
        weir.signal(SIGSTOP)
        let (status, output) = try await WeirProcess.run(["healthcheck", "--listen", address])
        weir.signal(SIGCONT)
        #expect(status == 1)
        #expect(output == "\(address): no answer within 2 s: it hangs, or is busy\n")
    }
}
