import HTTPServer
import TestSupport
import Testing

@Suite("Strange requests")
struct StrangeRequestTests {
    private static let host = "Host: a\r\n"

    @Test(
        "What is no request of HTTP/1 is refused with its status, and the server goes on",
        arguments: [
            ("GET /\r\n\r\n", 400), ("GET / HTTP/2.0\r\n\(host)\r\n", 505), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
            ("GET / HTTP/1.1\r\n\(host)no colon\r\n\r\n", 400), ("GET metrics HTTP/1.1\r\n\(host)\r\n", 400),
            ("GET http://a/metrics HTTP/1.1\r\n\(host)\r\n", 400),
            ("GET / HTTP/1.1\r\n\(host)Content-Length: -1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n\(host)Content-Length: many\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n\(host)Content-Length: 0\r\nContent-Length: 5\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\n\(host)Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\n\(host)Transfer-Encoding: gzip\r\n\r\n", 413),
            ("CONNECT a:1 HTTP/1.1\r\n\(host)\r\n", 400), ("OPTIONS * HTTP/1.1\r\n\(host)\r\n", 400),
            ("GET /\(String(repeating: "x", count: 100_000)) HTTP/1.1\r\n\(host)\r\n", 414),
            (String(repeating: "A", count: 100_000) + " / HTTP/1.1\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\n" + String(repeating: "X-Flood: 1\r\n", count: 10_000) + "\r\n", 431),
        ])
    func refused(request: String, status: Int) throws {
        let server = try echoServer()
        let client = try HTTPClient(port: server.port)
        // The server may hang up before it has all of it.
        try? client.send(Array(request.utf8))
        #expect(try client.receive().status == status)
        #expect(try HTTPClient.request("GET", "/", port: server.port).status == 200)
    }

    @Test("What is no HTTP at all ends the connection", arguments: ["\u{16}\u{3}\u{1}\u{2}\0\u{1}", "\0\0\0\0"])
    func notHTTP(start: String) throws {
        let server = try echoServer(limits: HTTPLimits(idleSeconds: 1))
        let client = try HTTPClient(port: server.port)
        try client.send(Array((start + String(repeating: "x", count: 600) + "\r\n\r\n").utf8))
        let reply = try? client.receive()
        #expect(reply == nil || reply?.status == 400)
        #expect(try HTTPClient.request("GET", "/", port: server.port).status == 200)
    }

    @Test("An encoded NUL is no end of a path, a name or a value")
    func nul() throws {
        let server = try echoServer()
        let reply = try HTTPClient.request("GET", "/metrics%00x?a%00=b%00c&d=%2500", port: server.port)
        #expect(reply.text == "GET\n/metrics\u{FFFD}x\na\0=b\0c\nd=%00\nno header")
    }

    @Test("Requests sent without waiting are answered in order")
    func pipelined() throws {
        let server = try echoServer()
        let client = try HTTPClient(port: server.port)
        for path in ["/1", "/2"] { try client.send("GET", path) }
        try client.send("POST", "/3")
        try client.send("HEAD", "/4")
        try client.send("BREW", "/5")
        try client.send("GET", "/6")
        for path in ["/1", "/2"] { #expect(try client.receive().text == "GET\n\(path)\nno header") }
        #expect(try client.receive().text == "POST\n/3\nno header")
        #expect(try client.receive(toHEAD: true).status == 200)
        #expect(try client.receive().text == "other\n/5\nno header")
        #expect(try client.receive().text == "GET\n/6\nno header")
    }

    @Test("A request of HTTP/1.0 is answered, and its connection kept only if it asks for that")
    func version10() throws {
        let server = try echoServer()
        let client = try HTTPClient(port: server.port)
        try client.send(Array("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".utf8))
        #expect(try client.receive().text == "GET\n/a\nno header")
        try client.send(Array("GET /b HTTP/1.0\r\n\r\n".utf8))
        #expect(try client.receive().text == "GET\n/b\nno header")
        #expect(client.isClosedByServer())
    }
}
