import HTTPServer
import TestSupport
import Testing

@Suite("Requests")
struct HTTPServerTests {
    @Test("GET reaches the handler and its answer the client")
    func get() throws {
        let server = try echoServer()
        let reply = try HTTPClient.request("GET", "/metrics", headers: ["x-test: yes"], port: server.port)
        #expect(reply.status == 200)
        #expect(reply.text == "GET\n/metrics\nyes")
        #expect(reply.header("Content-Type") == "text/plain; charset=utf-8")
        #expect(reply.header("X-Content-Type-Options") == "nosniff")
    }

    @Test("HEAD gives the headers of GET and no body")
    func head() throws {
        let server = try HTTPServer(host: "127.0.0.1", port: 0) { _ in .text("twelve bytes") }
        let client = try HTTPClient(port: server.port)
        try client.send("HEAD", "/")
        let reply = try client.receive(toHEAD: true)
        #expect(reply.status == 200)
        #expect(reply.header("Content-Length") == "12")
        try client.send("GET", "/")
        #expect(try client.receive().text == "twelve bytes", "a body to HEAD would stand before this response")
    }

    @Test("POST without a body reaches the handler", arguments: [[], ["Content-Length: 0"]])
    func postWithoutBody(headers: [String]) throws {
        let server = try echoServer()
        let reply = try HTTPClient.request("POST", "/-/reload", headers: headers, port: server.port)
        #expect(reply.status == 200)
        #expect(reply.text == "POST\n/-/reload\nno header")
    }

    @Test(
        "A body is refused and the connection closed",
        arguments: [
            ("POST", ["Content-Length: 5"], "hello"), ("POST", ["Content-Length: 5000000"], ""),
            ("POST", ["Transfer-Encoding: chunked"], "5\r\nhello\r\n0\r\n\r\n"),
            ("POST", ["Content-Length: 5", "Expect: 100-continue"], ""), ("GET", ["Content-Length: 5"], "hello"),
        ])
    func body(method: String, headers: [String], body: String) throws {
        let server = try echoServer()
        let client = try HTTPClient(port: server.port)
        try client.send(method, "/", headers: headers)
        let reply = try client.receive()
        #expect(reply.status == 413)
        #expect(reply.header("Connection")?.lowercased() == "close")
        try? client.send(Array(body.utf8))
        #expect(client.isClosedByServer())
    }

    @Test("A body sent together with its headers is refused just so")
    func bodyInOnePacket() throws {
        let server = try echoServer()
        let client = try HTTPClient(port: server.port)
        try client.send(Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello".utf8))
        #expect(try client.receive().status == 413)
        #expect(client.isClosedByServer())
    }

    @Test(
        "Any other method reaches the handler as such, without a body",
        arguments: ["PUT", "DELETE", "OPTIONS", "PATCH", "BREW", "get"])
    func otherMethods(method: String) throws {
        let server = try echoServer()
        #expect(try HTTPClient.request(method, "/", port: server.port).text == "other\n/\nno header")
        let withBody = try HTTPClient.request(method, "/", headers: ["Content-Length: 5"], port: server.port)
        #expect(withBody.status == 413)
        #expect(withBody.header("Connection")?.lowercased() == "close")
    }

    @Test(
        "Path and query come decoded, in order, the path without the query",
        arguments: [
            ("/a%20b%2Fc", "/a b/c"), ("/a+b", "/a+b"), ("/m?target=one", "/m\ntarget=one"),
            ("/m?t=a%26b%3D%c3%a9", "/m\nt=a&b=é"), ("/m?t=a+b", "/m\nt=a b"), ("/m?a=1&b=2&a=3", "/m\na=1\nb=2\na=3"),
            ("/m?", "/m"), ("/m?a", "/m\na="), ("/m?a=", "/m\na="), ("/m?&a&&b=c=d?e&", "/m\na=\nb=c=d?e"),
            ("/m?t=50%&u=%zz%+1&v=%4", "/m\nt=50%\nu=%zz% 1\nv=%4"),
        ])
    func decoding(target: String, expected: String) throws {
        let server = try echoServer()
        #expect(try HTTPClient.request("GET", target, port: server.port).text == "GET\n\(expected)\nno header")
    }

    @Test("The first of several parameters of a name is found, and none that is not there")
    func query() {
        let query = QueryParameters([("a", "1"), ("b", ""), ("a", "2")])
        #expect(query.first("a") == "1")
        #expect(query.first("b") == "")
        #expect(query.first("A") == nil)
    }

    @Test("A header that came twice is one list")
    func repeatedHeader() throws {
        let server = try echoServer()
        let reply = try HTTPClient.request("GET", "/", headers: ["x-test: a", "X-Test: b"], port: server.port)
        #expect(reply.text == "GET\n/\na, b")
    }

    @Test("One connection carries several requests")
    func keepAlive() throws {
        let server = try echoServer()
        let client = try HTTPClient(port: server.port)
        for path in ["/one", "/two", "/three"] {
            try client.send("GET", path)
            #expect(try client.receive().text == "GET\n\(path)\nno header")
        }
        try client.send("PUT", "/")
        #expect(try client.receive().text == "other\n/\nno header")
        try client.send("GET", "/four")
        #expect(try client.receive().status == 200)
    }

    @Test("Bytes that are not UTF-8 come as U+FFFD")
    func notUTF8() throws {
        let server = try echoServer()
        let client = try HTTPClient(port: server.port)
        let request =
            Array("GET /".utf8) + [0xFF, 0xC3] + Array("?q=%ff HTTP/1.1\r\nHost: a\r\nX-Test: ".utf8) + [0xFE]
            + Array("\r\n\r\n".utf8)
        try client.send(request)
        #expect(try client.receive().text == "GET\n/\u{FFFD}\u{FFFD}\nq=\u{FFFD}\n\u{FFFD}")
    }

    @Test("A response libmicrohttpd refuses to send closes the connection")
    func impossibleResponse() throws {
        let server = try HTTPServer(host: "127.0.0.1", port: 0) { _ in
            HTTPResponse(headers: [("X-Split", "a\r\nSet-Cookie: b")])
        }
        let client = try HTTPClient(port: server.port)
        try client.send("GET", "/")
        #expect(client.isClosedByServer())
    }

    @Test("That nothing has changed is said without a length, which would be the page's", arguments: ["GET", "HEAD"])
    func unchanged(method: String) throws {
        let server = try HTTPServer(host: "127.0.0.1", port: 0) { _ in
            HTTPResponse(status: 304, headers: [("ETag", "\"1\"")])
        }
        let reply = try HTTPClient.request(method, "/", port: server.port)
        #expect(reply.status == 304)
        #expect(reply.header("ETag") == "\"1\"")
        #expect(reply.header("Content-Length") == nil && reply.header("Transfer-Encoding") == nil)
        #expect(reply.body.isEmpty)
    }

    @Test("An empty body has a length of 0")
    func emptyBody() throws {
        let server = try HTTPServer(host: "127.0.0.1", port: 0) { _ in HTTPResponse() }
        let reply = try HTTPClient.request("GET", "/", port: server.port)
        #expect(reply.status == 200)
        #expect(reply.header("Content-Length") == "0")
    }
}
