import Crypto
import HTTPServer
import TestSupport
import Testing

@Suite("Users")
struct UserTests {
    /// Of `secret`, at a cost of 4 and of 10.
    private static let cheap = "$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"
    private static let usual = "$2y$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2u"
    private static let alice = ["Authorization: Basic YWxpY2U6c2VjcmV0"]

    private func server(
        _ hash: String = cheap, connections: Int = 64, rateLimit: RateLimit? = nil
    ) throws -> HTTPServer {
        var policy = HTTPPolicy()
        policy.users = ["alice": try BcryptHash(parsing: hash)]
        policy.openPaths = ["/livez"]
        policy.rateLimit = rateLimit
        policy.headers = ["X-Frame-Options": "deny", "Content-Type": "text/nonsense"]
        return try HTTPServer(
            host: "127.0.0.1", port: 0, limits: HTTPLimits(connections: connections), policy: policy
        ) { .text("\($0.path)") }
    }

    @Test("The right name and password are let in, and again from memory")
    func right() throws {
        let server = try server()
        for _ in 0..<3 {
            let reply = try HTTPClient.request("GET", "/metrics", headers: Self.alice, port: server.port)
            #expect(reply.status == 200)
            #expect(reply.text == "/metrics")
        }
        let client = try HTTPClient(port: server.port)
        for method in ["GET", "POST", "HEAD"] {
            try client.send(method, "/a", headers: ["AUTHORIZATION: basic YWxpY2U6c2VjcmV0"])
            #expect(try client.receive(toHEAD: method == "HEAD").status == 200)
        }
    }

    @Test(
        "Anything else is not, and is told the same",
        arguments: [
            [], ["Authorization: Basic YWxpY2U6d3Jvbmc="], ["Authorization: Basic Ym9iOnNlY3JldA=="],
            ["Authorization: Basic YWxpY2U="], ["Authorization: Basic YWxpY2U6"], ["Authorization: Basic !!!"],
            ["Authorization: Basic"], ["Authorization: Bearer YWxpY2U6c2VjcmV0"],
            // alice:secret and a NUL; two headers.
            ["Authorization: Basic YWxpY2U6c2VjcmV0AA=="],
            ["Authorization: Basic YWxpY2U6d3Jvbmc=", "Authorization: Basic YWxpY2U6c2VjcmV0"],
        ])
    func wrong(headers: [String]) throws {
        let server = try server()
        for path in ["/metrics", "/", "/-/reload", "/livez/"] {
            let reply = try HTTPClient.request("GET", path, headers: headers, port: server.port)
            #expect(reply.status == 401)
            #expect(reply.header("WWW-Authenticate") == "Basic realm=\"weir\", charset=\"UTF-8\"")
            #expect(reply.text == "this page is for users: a name and the password that goes with it are wanted\n")
        }
    }

    @Test("A probe needs no password")
    func probe() throws {
        let server = try server()
        #expect(try HTTPClient.request("GET", "/livez", port: server.port).text == "/livez")
    }

    @Test("Headers are added to every response, and take the place of none")
    func headers() throws {
        let server = try server()
        for headers in [[], Self.alice] {
            let reply = try HTTPClient.request("GET", "/", headers: headers, port: server.port)
            #expect(reply.header("X-Frame-Options") == "deny")
            #expect(reply.header("Content-Type") == "text/plain; charset=utf-8")
        }
    }

    @Test("Another policy is in force from the next request on, a password from memory included")
    func change() throws {
        let server = try server()
        let client = try HTTPClient(port: server.port)
        func status() throws -> Int {
            try client.send("GET", "/", headers: Self.alice)
            return try client.receive().status
        }
        #expect(try status() == 200)
        var policy = HTTPPolicy()
        policy.users = ["alice": BcryptHash(ofNothing: 4)]
        server.take(policy)
        #expect(try status() == 401)
        policy.users = ["bob": try BcryptHash(parsing: Self.cheap)]
        server.take(policy)
        #expect(try status() == 401)
        server.take(HTTPPolicy())
        #expect(try status() == 200)
    }

    @Test("A flood of wrong passwords holds up neither users known already nor probes")
    func flood() throws {
        let server = try server(Self.usual)
        let known = try HTTPClient(port: server.port)
        try known.send("GET", "/", headers: Self.alice)
        #expect(try known.receive().status == 200)
        var flood: [HTTPClient] = []
        for index in 0..<40 {
            let client = try HTTPClient(port: server.port)
            try client.send("GET", "/", headers: ["Authorization: Basic \(Self.wrong(index))"])
            flood.append(client)
        }
        try known.send("GET", "/", headers: Self.alice)
        #expect(try known.receive().status == 200)
        #expect(try HTTPClient.request("GET", "/livez", port: server.port).status == 200)
        #expect(!flood.allSatisfy { $0.hasInput() }, "some still wait for bcrypt")
        let replies = try flood.map { try $0.receive() }
        #expect(Set(replies.map(\.status)) == [401, 503])
        #expect(replies.first { $0.status == 503 }?.header("Retry-After") == "1")
        let fresh = try HTTPClient.request("GET", "/", headers: Self.alice, port: server.port)
        #expect(fresh.status == 200)
    }

    @Test("Stopping while passwords wait to be checked lets nothing dangle")
    func stopInFlood() throws {
        let server = try server(Self.usual)
        let flood = try (0..<20).map { index in
            let client = try HTTPClient(port: server.port)
            try client.send("GET", "/", headers: ["Authorization: Basic \(Self.wrong(index))"])
            return client
        }
        #expect(flood[19].hasInput(withinMilliseconds: 10_000))
        server.stop()
        #expect(throws: HTTPClientError.self) { try HTTPClient(port: server.port) }
    }

    @Test("Beyond the rate limit requests are put off, probes are not")
    func rate() throws {
        let server = try server(rateLimit: RateLimit(interval: .seconds(3600), burst: 2))
        let statuses = try (0..<4).map { _ in
            try HTTPClient.request("GET", "/", headers: Self.alice, port: server.port).status
        }
        #expect(statuses == [200, 200, 429, 429])
        #expect(try HTTPClient.request("GET", "/livez", port: server.port).status == 200)
    }

    /// `alice:` and a password of six digits, in base64.
    private static func wrong(_ index: Int) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        return "YWxpY2U6\(digits[index % 52])WJj"
    }
}
