import TestSupport
import Testing

@Suite("The formats of what is served")
struct FormatTests {
    private func watched() async throws -> (RedisServer, WeirProcess) {
        let server = try await RedisServer()
        let client = try await server.client()
        try await client.send("XADD", "quo\"te \\ and\nline", "*", "f", "v")
        try await client.send("XGROUP", "CREATE", "quo\"te \\ and\nline", "g", "0")
        try await client.send("XREADGROUP", "GROUP", "g", "c", "STREAMS", "quo\"te \\ and\nline", ">")
        let weir = try await WeirProcess.watching(server)
        try await weir.metrics { $0.value("redis_stream_group_consumers") == 1 }
        return (server, weir)
    }

    @Test(
        "promtool has nothing to say about the metrics",
        .enabled("promtool is not installed") {
            try await ChildProcess.run(["sh", "-c", "command -v promtool"]).status == 0
        })
    func promtool() async throws {
        let (server, weir) = try await watched()
        let reply = try await weir.request("GET", "/metrics")
        #expect(reply.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        let file = try server.folder.write(reply.body, to: "metrics")
        let check = try await ChildProcess.run(["sh", "-c", "promtool check metrics < \(file)"])
        #expect(check.output.isEmpty)
        #expect(check.status == 0)
    }

    @Test("OpenMetrics comes to whoever prefers it, and ends with # EOF")
    func openMetrics() async throws {
        let (server, weir) = try await watched()
        let accepted =
            "Accept: application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
            + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
        let reply = try await weir.request("GET", "/metrics", headers: [accepted])
        #expect(reply.header("Content-Type") == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(reply.text.hasSuffix("\n# EOF\n"))
        #expect(MetricsText(reply.text).value("redis_up", ["node": server.node]) == 1)
        let plain = try await weir.request("GET", "/metrics", headers: ["Accept: text/plain"])
        #expect(!plain.text.contains("# EOF"))
    }

    @Test("Pages are compressed for whoever takes gzip", arguments: ["/metrics", "/api/v1/snapshot", "/"])
    func gzip(page: String) async throws {
        let (server, weir) = try await watched()
        let plain = try await weir.request("GET", page)
        #expect(plain.header("Content-Encoding") == nil)
        let reply = try await weir.request("GET", page, headers: ["Accept-Encoding: gzip, deflate, br"])
        #expect(reply.header("Content-Encoding") == "gzip")
        #expect(reply.header("Vary")?.contains("Accept-Encoding") == true)
        #expect(reply.body.count < plain.body.count)
        let file = try server.folder.write(reply.body, to: "page.gz")
        let unpacked = try await ChildProcess.run(["gzip", "-dc", file])
        #expect(unpacked.status == 0)
        #expect(unpacked.output.prefix(20) == plain.text.prefix(20))
    }

    @Test("HEAD gives the headers alone", arguments: ["/metrics", "/api/v1/snapshot", "/", "/livez", "/readyz"])
    func head(page: String) async throws {
        let (_, weir) = try await watched()
        let reply = try await weir.request("HEAD", page)
        #expect(reply.status == 200)
        #expect(Int(reply.header("Content-Length") ?? "") ?? 0 > 2)
        #expect(reply.body.isEmpty)
        #expect(try await weir.request("GET", page).header("Content-Type") == reply.header("Content-Type"))
    }

    @Test("The snapshot is JSON of schema 1, under the names as they are")
    func snapshot() async throws {
        let (_, weir) = try await watched()
        let snapshot = try await weir.snapshot()
        #expect(snapshot.schema == 1)
        #expect(snapshot.targets.map(\.name) == ["test"])
        let stream = try #require(snapshot.stream("quo\"te \\ and\nline"))
        #expect(stream.length == 1)
        #expect(stream.groups.map(\.group) == ["g"])
        #expect(stream.groups[0].pending.entries == 1)
        #expect(stream.groups[0].lag.entries == 0)
        #expect(stream.groups[0].lag.state == "exact")
    }

    @Test(
        "What is not served is said so",
        arguments: [("GET", "/nothing", 404), ("POST", "/metrics", 405), ("PUT", "/", 405)])
    func refused(method: String, target: String, status: Int) async throws {
        let weir = try await WeirProcess.serving(["--redis", "redis://127.0.0.1:1"])
        #expect(try await weir.request(method, target).status == status)
    }
}
