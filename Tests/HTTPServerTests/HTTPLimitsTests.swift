import HTTPServer
import Synchronization
import TestSupport
import Testing

@Suite("Limits")
struct HTTPLimitsTests {
    @Test("A header of 20 kB is refused and the server goes on")
    func longHeader() throws {
        let server = try echoServer()
        let long = String(repeating: "x", count: 20_000)
        let refused = try HTTPClient.request("GET", "/", headers: ["X-Test: \(long)"], port: server.port)
        #expect([431, 413].contains(refused.status))
        #expect(try HTTPClient.request("GET", "/", port: server.port).status == 200)
    }

    @Test("A request line of 20 kB is refused and the server goes on")
    func longRequestLine() throws {
        let server = try echoServer()
        let refused = try HTTPClient.request("GET", "/" + String(repeating: "x", count: 20_000), port: server.port)
        #expect([414, 431].contains(refused.status))
        #expect(try HTTPClient.request("GET", "/", port: server.port).status == 200)
    }

    /// Around the limit, which is 16,384.
    private static let sizes = Array(stride(from: 15_000, through: 17_500, by: 100))

    @Test(
        "Near the limit a request is answered or refused with a status, whatever makes it long",
        arguments: [
            ("GET /", " HTTP/1.1\r\nHost: a", 414), ("GET /?a=", " HTTP/1.1\r\nHost: a", 414),
            ("GET / HTTP/1.1\r\nHost: a\r\nX-Test: ", "", 431),
            ("GET / HTTP/1.1\r\nHost: a\r\nX-Test: a", "b", 431),
        ])
    func nearLimit(start: String, end: String, refusal: Int) throws {
        let server = try echoServer()
        let filler = end == "b" ? " " : "x"
        for size in Self.sizes {
            let client = try HTTPClient(port: server.port)
            let rest = start.utf8.count + end.utf8.count + 4
            try client.send(Array((start + String(repeating: filler, count: size - rest) + end + "\r\n\r\n").utf8))
            let status = try client.receive().status
            #expect(status == (size <= 16_384 ? 200 : refusal), "\(size)")
        }
    }

    @Test("A query may have as many parts as it has room for", arguments: ["a=1&", "a&", "=&", "%41=%42&"])
    func parameters(part: String) throws {
        let server = try echoServer()
        for count in [1, 200, 250, 300, 500, 1000, 2000] {
            let target = "/m?\(String(repeating: part, count: count))"
            let reply = try HTTPClient.request("GET", target, port: server.port)
            #expect(reply.status == 200)
            #expect(reply.text.split(separator: "\n").count == count + 3)
        }
    }

    @Test(
        "As many headers or cookies as there is room to keep account of are taken, and more are refused",
        arguments: ["X: 1\r\n", "X:\r\n", "Cookie: a=1\r\n"])
    func headers(header: String) throws {
        let server = try echoServer()
        for count in Array(stride(from: 1, through: 99, by: 14)) + Array(stride(from: 130, through: 4000, by: 72)) {
            let client = try HTTPClient(port: server.port)
            let text = "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: header, count: count))\r\n"
            // The server may hang up before it has all of it.
            try? client.send(Array(text.utf8))
            let status = try client.receive().status
            #expect(status == (count < 100 ? 200 : 431), "\(count)")
        }
    }

    @Test(
        "So it is with cookies, of which the whole text counts too",
        arguments: [("a;", 100), ("a=\(String(repeating: "x", count: 1000));", 7)])
    func cookies(cookie: String, room: Int) throws {
        let server = try echoServer()
        for step in 1..<40 {
            let count = room * step / 5
            let cookies = "Cookie: \(String(repeating: cookie, count: count))"
            let status = try HTTPClient.request("GET", "/", headers: [cookies], port: server.port).status
            #expect(step > 5 && step < 8 || status == (step <= 5 ? 200 : 431), "\(count)")
        }
    }

    @Test("A header of 8 kB is taken")
    func header() throws {
        let server = try echoServer()
        let value = String(repeating: "x", count: 8_000)
        let reply = try HTTPClient.request("GET", "/", headers: ["X-Test: \(value)"], port: server.port)
        #expect(reply.text == "GET\n/\n\(value)")
    }

    @Test(
        "A client that stops half-way is cut off",
        arguments: ["", "GET /metr", "GET / HTTP/1.1\r\nHost: a\r\nX-Te"])
    func slowClient(sent: String) throws {
        let server = try echoServer(limits: HTTPLimits(idleSeconds: 1))
        let client = try HTTPClient(port: server.port)
        try client.send(Array(sent.utf8))
        #expect(client.isClosedByServer())
    }

    @Test("A client that does not read its response is cut off, and its place given to the next")
    func deafClient() throws {
        let page = [UInt8](repeating: 1, count: 20_000_000)
        let server = try HTTPServer(
            host: "127.0.0.1", port: 0, limits: HTTPLimits(connections: 1, idleSeconds: 1, courtesy: .seconds(60))
        ) { $0.path == "/page" ? HTTPResponse(body: page) : .text("next") }
        // All that are taken at once.
        let deaf = try (0..<17).map { _ in
            let client = try HTTPClient(port: server.port)
            try client.send("GET", "/page")
            #expect(client.hasInput(withinMilliseconds: 10_000))
            return client
        }
        #expect(try HTTPClient.request("GET", "/", port: server.port).text == "next")
        let cutOff = deaf.contains { client in
            var count = 0
            while count < page.count, let read = client.receiveSome(1 << 20) { count += read }
            return count < page.count
        }
        #expect(cutOff)
    }

    @Test("At the limit of connections a further one takes the place of the one that has been idle for longest")
    func connections() throws {
        let server = try echoServer(limits: HTTPLimits(connections: 2))
        let open = [try HTTPClient(port: server.port), try HTTPClient(port: server.port)]
        for client in open {
            try client.send("GET", "/")
            #expect(try client.receive().status == 200)
        }
        #expect(try HTTPClient.request("GET", "/next", port: server.port).text == "GET\n/next\nno header")
        #expect(open[0].isClosedByServer())
        try open[1].send("GET", "/")
        #expect(try open[1].receive().status == 200)
    }

    @Test("At the limit of connections the server can still be stopped at once")
    func stopAtLimit() throws {
        let server = try echoServer(limits: HTTPLimits(connections: 1, idleSeconds: 60))
        let client = try HTTPClient(port: server.port)
        try client.send("GET", "/")
        #expect(try client.receive().status == 200)
        let clock = ContinuousClock()
        #expect(clock.measure { server.stop() } < .seconds(5))
        #expect(client.isClosedByServer())
    }

    @Test("One address may hold no more connections than it is allowed")
    func connectionsPerAddress() throws {
        let server = try echoServer(limits: HTTPLimits(connectionsPerAddress: 1))
        let first = try HTTPClient(port: server.port)
        try first.send("GET", "/")
        #expect(try first.receive().status == 200)
        let second = try HTTPClient(port: server.port)
        #expect(second.isClosedByServer())
    }

    @Test("Eight clients at once get a page of 5 MB intact")
    func concurrentScrapes() async throws {
        var random = SplitMix64(seed: 1)
        let page = (0..<5_000_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let calls = Mutex(0)
        let server = try HTTPServer(host: "127.0.0.1", port: 0) { _ in
            calls.withLock { $0 += 1 }
            return HTTPResponse(contentType: "application/octet-stream", body: page)
        }
        let port = server.port
        let intact = try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { @concurrent in
                    let client = try HTTPClient(port: port)
                    try client.send("GET", "/")
                    try client.send("GET", "/")
                    return try client.receive().body == page && client.receive().body == page
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(intact == 8)
        #expect(calls.withLock { $0 } == 16)
    }
}
