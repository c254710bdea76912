import HTTPServer
import TestSupport
import Testing

@Suite("Slow and half-open clients")
struct SlowClientTests {
    @Test("A client that drips its request is cut off, however steadily it drips")
    func drip() throws {
        let server = try echoServer(limits: HTTPLimits(request: .milliseconds(200)))
        let client = try HTTPClient(port: server.port)
        try client.send(Array("GET / HTTP/1.1\r\nX-Drip: ".utf8))
        expectEnd(of: client)
    }

    @Test("So is one that has been answered before")
    func dripAfterResponse() throws {
        let server = try echoServer(limits: HTTPLimits(request: .milliseconds(200)))
        let client = try HTTPClient(port: server.port)
        try client.send("GET", "/")
        #expect(try client.receive().status == 200)
        expectEnd(of: client)
    }

    @Test("A client that asks again and again stays")
    func steady() throws {
        let server = try echoServer(limits: HTTPLimits(request: .milliseconds(300), response: .milliseconds(300)))
        let client = try HTTPClient(port: server.port)
        let clock = ContinuousClock()
        let start = clock.now
        while clock.now - start < .milliseconds(900) {
            try client.send("GET", "/")
            #expect(try client.receive().status == 200)
            _ = client.hasInput(withinMilliseconds: 10)
        }
    }

    @Test("Hundreds of half-open clients hold up neither a new client nor one that stays")
    func halfOpen() throws {
        let server = try echoServer(limits: HTTPLimits(connections: 8))
        let steady = try HTTPClient(port: server.port)
        var halfOpen: [HTTPClient] = []
        for index in 0..<300 {
            let client = try HTTPClient(port: server.port)
            if index.isMultiple(of: 2) { try client.send(Array("GET / HTTP/1.1\r\nHost: a\r\n".utf8)) }
            halfOpen.append(client)
            guard index.isMultiple(of: 4) else { continue }
            // Idle between its requests, and yet those that never asked for anything go first.
            try steady.send("GET", "/steady")
            #expect(try steady.receive().text == "GET\n/steady\nno header")
            #expect(try HTTPClient.request("GET", "/new", port: server.port).status == 200)
        }
        #expect(halfOpen[0].isClosedByServer())
    }

    @Test("A client that reads slowly is cut off, though it never stops")
    func slowReader() throws {
        let page = [UInt8](repeating: 1, count: 50_000_000)
        let server = try HTTPServer(
            host: "127.0.0.1", port: 0, limits: HTTPLimits(response: .milliseconds(300))
        ) { _ in HTTPResponse(body: page) }
        let (client, silent) = (try HTTPClient(port: server.port), try HTTPClient(port: server.port))
        try client.send("GET", "/")
        var count = 0
        while let read = client.receiveSome(65536) {
            count += read
            guard count < page.count else { break }
            _ = silent.hasInput(withinMilliseconds: 2)
        }
        #expect(count < page.count)
    }

    @Test("Where slow readers have taken all places, the longest of them goes for who wants one")
    func slowReaders() throws {
        let page = [UInt8](repeating: 1, count: 20_000_000)
        let server = try HTTPServer(
            host: "127.0.0.1", port: 0, limits: HTTPLimits(connections: 2, courtesy: .milliseconds(200))
        ) { $0.path == "/page" ? HTTPResponse(body: page) : .text("next") }
        var deaf: [HTTPClient] = []
        // And those that are taken beyond the limit while nobody can be asked to go.
        for _ in 0..<18 {
            let client = try HTTPClient(port: server.port)
            try client.send("GET", "/page")
            #expect(client.hasInput(withinMilliseconds: 10_000))
            deaf.append(client)
        }
        #expect(try HTTPClient.request("GET", "/", port: server.port).text == "next")
        #expect(throws: HTTPClientError.self) { try deaf[0].receive() }
    }

    /// Sends bytes until the server hangs up; fails the test where it does not.
    private func expectEnd(of client: HTTPClient) {
        let clock = ContinuousClock()
        let start = clock.now
        while clock.now - start < .seconds(10), !client.hasInput(withinMilliseconds: 20) {
            guard (try? client.send([UInt8(ascii: "x")])) != nil else { return }
        }
        #expect(client.isClosedByServer())
    }
}
