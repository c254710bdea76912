import Glibc
import TestSupport
import Testing

@Suite("Secrets are seen nowhere")
struct SecretsTests {
    private static let secret = "hunter2"

    enum Way: CaseIterable {
        case url, file, variable, fileOfVariable
    }

    private func expectSecret(
        kept weir: WeirProcess, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var texts = [weir.output]
        for page in ["/", "/metrics", "/api/v1/snapshot", "/readyz", "/nothing"] {
            texts.append(try await weir.request("GET", page).text)
        }
        #expect(texts.allSatisfy { !$0.contains(Self.secret) }, sourceLocation: sourceLocation)
    }

    @Test("A login that fails shows no password", arguments: Way.allCases, ["text", "json"])
    func failedLogin(way: Way, format: String) async throws {
        let server = try await RedisServer(["--requirepass", "something else"])
        try await login(to: server, way: way, format: format, failure: "WRONGPASS")
    }

    @Test("A server that repeats the login to us shows no password", arguments: Way.allCases, ["text", "json"])
    func repeatedLogin(way: Way, format: String) async throws {
        let server = try await RedisServer(["--rename-command", "AUTH", ""])
        try await login(to: server, way: way, format: format, failure: "unknown command")
    }

    private func login(to server: RedisServer, way: Way, format: String, failure: String) async throws {
        var url = server.url
        var more = "name: secret"
        var variables: [String: String] = [:]
        let file = try server.folder.write("\(Self.secret)\n", to: "password")
        switch way {
        case .url: url = "redis://:\(Self.secret)@127.0.0.1:\(server.port)"
        case .file: more += ", password_file: \(file)"
        case .variable: variables["WEIR_REDIS_PASSWORD"] = Self.secret
        case .fileOfVariable: variables["WEIR_REDIS_PASSWORD_FILE"] = file
        }
        let text = configuration("url: \"\(url)\", \(more)")
        let path = try server.folder.write(text, to: "weir.yaml")
        let weir = try await WeirProcess.serving(
            ["--config", path, "--log-level", "trace", "--log-format", format], variables: variables)
        try await weir.line(with: "the login failed", failure)
        try await eventually {
            try await weir.snapshot().targets.first?.error
        } until: {
            $0?.contains(failure) == true
        }
        weir.signal(SIGHUP)
        try await weir.line(with: "reloaded")
        try await expectSecret(kept: weir)
        weir.signal(SIGTERM)
        #expect(try await weir.exitStatus(within: .seconds(2)) == 0)
        #expect(!weir.output.contains(Self.secret))
    }

    @Test("A password in a flag is warned of, and not shown")
    func flag() async throws {
        let server = try await RedisServer(["--requirepass", Self.secret])
        let weir = try await WeirProcess.serving(
            ["--redis", "redis://:\(Self.secret)@127.0.0.1:\(server.port)", "--log-level", "trace"])
        try await weir.metrics { $0.value("redis_up") == 1 }
        try await weir.line(with: "warning", "--redis", "WEIR_REDIS_PASSWORD_FILE")
        try await expectSecret(kept: weir)
    }

    private static let malformed = [
        "redis://user:hunter2@host:port", "redis://user:hunter2@", "redis://user:hunter2@host/db",
        "http://user:hunter2@host",
        "redis://user:hunter2%zz@host", "redis://user:hunter2 with space@host", "redis://user:with hunter2@host",
        "redis://user:hunter2/slash@host", "redis://user:hunter2@[::1", "user:hunter2@host:6379", ":hunter2@host",
        "redis:/user:hunter2@host", "redis//user:hunter2@host", "rediss://user:hunter2@host:port",
        "redis://user:hunter2",
        "redis+sentinel://user:hunter2@host", "redis+cluster://user:hunter2@a,user:hunter2@b",
    ]

    @Test("A URL that is wrong is not repeated, wherever it was given", arguments: malformed)
    func malformedURL(_ url: String) async throws {
        let ways: [([String], [String: String])] = [
            (["--redis", url], [:]), (["--redis=\(url)"], [:]), ([], ["WEIR_REDIS": url]),
            ([url], [:]), (["run", "--redis", "redis://h", url], [:]), (["--rediss=\(url)"], [:]),
            (["--redis", "redis://h", "--interval", url, "--listen", url], [:]), (["demo", url], [:]),
            (["demo", "--port=\(url)"], [:]), (["check", url], [:]), (["--config", url], [:]),
            (["healthcheck", "--listen", url], [:]),
        ]
        for (arguments, variables) in ways {
            let weir = try await WeirProcess.run(arguments, variables: variables)
            #expect(weir.status == 64 || weir.status == 78, "\(arguments)")
            #expect(!weir.output.contains(Self.secret), "\(arguments)")
            #expect(!weir.output.isEmpty)
        }
    }
}
