import Glibc
import TestSupport
import Testing

@Suite("Clients that are hostile")
struct HostileClientTests {
    /// What weir may need for them: 80 places, each with a request's 16 KiB and what the kernel gives in pages.
    private static let memoryLimit = 8_000_000.0

    @Test("A thousand half-open clients hold up neither scrapes nor probes, and cost little memory")
    func halfOpen() async throws {
        try allowDescriptors(2000)
        let server = try await RedisServer()
        try await server.client().send("XADD", "s", "*", "f", "v")
        let file = try server.folder.write(configuration(server.target("test")), to: "weir.yaml")
        let weir = try await WeirProcess.serving(["--config", file])
        try await weir.metrics { $0.streams == ["s"] }
        let before = try #require(try await weir.metrics().value("process_resident_memory_bytes"))
        let port = try await weir.port()

        let openings = [
            "", "G", "GET /metrics HTTP/1.1\r\n", "GET / HTTP/1.1\r\nX-Long: \(String(repeating: "x", count: 8000))",
        ]
        var clients: [HTTPClient] = []
        for index in 0..<1000 {
            let client = try HTTPClient(port: port)
            try client.send(Array(openings[index % openings.count].utf8))
            clients.append(client)
            guard index.isMultiple(of: 50) else { continue }
            #expect(try await weir.request("GET", "/metrics").status == 200)
            #expect(try await weir.request("GET", "/livez").status == 200)
        }
        let page = try await weir.metrics()
        #expect(page.value("redis_up") == 1)
        let after = try #require(page.value("process_resident_memory_bytes"))
        #expect(after - before < Self.memoryLimit, "\(before) \(after)")
        #expect(try #require(page.value("process_open_fds")) < 150)
        // Those that were there first had to go.
        #expect(clients[1].isClosedByServer())
    }

    private func allowDescriptors(_ count: UInt) throws {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        try #require(unsafe getrlimit(kind, &limit) == 0)
        limit.rlim_cur = max(limit.rlim_cur, min(count, limit.rlim_max))
        try #require(unsafe setrlimit(kind, &limit) == 0)
    }
}
