import HTTPServer
import TestSupport
import Testing

@Suite("Listening and stopping")
struct HTTPServerLifeTests {
    @Test("An address in use is named, with the reason")
    func addressInUse() throws {
        let server = try echoServer()
        let error = #expect(throws: HTTPServerError.self) {
            try HTTPServer(host: "0.0.0.0", port: server.port) { _ in .text("here") }
        }
        #expect(
            error == .couldNotListen(address: "0.0.0.0:\(server.port)", reason: "address already in use"))
        #expect(error?.description == "cannot listen on 0.0.0.0:\(server.port): address already in use")
    }

    @Test(
        "An address that is not to be had is named",
        arguments: [
            ("192.0.2.1", "192.0.2.1:10061", "cannot assign requested address"),
            ("2001:db8::1", "[2001:db8::1]:10061", "cannot assign requested address"),
            ("no.such.host.invalid", "no.such.host.invalid:10061", nil),
        ])
    func noSuchAddress(host: String, address: String, reason: String?) throws {
        let error = #expect(throws: HTTPServerError.self) {
            try HTTPServer(host: host, port: 10061) { _ in .text("here") }
        }
        guard case .couldNotListen(address, let given) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!given.isEmpty)
        if let reason { #expect(given == reason) }
    }

    @Test("Every way to name this machine is served", arguments: ["", "0.0.0.0", "::", "127.0.0.1", "localhost"])
    func hosts(host: String) throws {
        let server = try HTTPServer(host: host, port: 0) { _ in .text("here") }
        #expect(try HTTPClient.request("GET", "/", port: server.port).text == "here")
    }

    @Test("The IPv6 loopback is served, where there is one")
    func loopbackIPv6() throws {
        do {
            let server = try HTTPServer(host: "::1", port: 0) { _ in .text("here") }
            #expect(server.port != 0)
        } catch HTTPServerError.couldNotListen(let address, _) {
            #expect(address == "[::1]:0")
        }
    }

    @Test("Stopping frees the port, closes connections, and may be done twice")
    func stop() throws {
        // Not one that the system gives to others as soon as it is free.
        let server = try echoServer(port: LoopbackListener.unusedPort())
        let client = try HTTPClient(port: server.port)
        try client.send("GET", "/")
        #expect(try client.receive().status == 200)
        server.stop()
        server.stop()
        #expect(client.isClosedByServer())
        #expect(throws: HTTPClientError.self) { try HTTPClient(port: server.port) }
        let next = try HTTPServer(host: "127.0.0.1", port: server.port) { _ in .text("next") }
        #expect(try HTTPClient.request("GET", "/", port: next.port).text == "next")
    }

    @Test("A server that is let go of stops")
    func release() throws {
        let port = try LoopbackListener.unusedPort()
        var server: HTTPServer? = try echoServer(port: port)
        #expect(server?.port == port)
        #expect(try HTTPClient.request("GET", "/", port: port).status == 200)
        server = nil
        #expect(throws: HTTPClientError.self) { try HTTPClient(port: port) }
    }

    @Test("Stopping in the middle of a large response lets nothing dangle")
    func stopDuringResponse() throws {
        let page = [UInt8](repeating: 1, count: 20_000_000)
        let server = try HTTPServer(host: "127.0.0.1", port: 0) { _ in HTTPResponse(body: page) }
        let client = try HTTPClient(port: server.port)
        try client.send("GET", "/")
        #expect(client.hasInput(withinMilliseconds: 10_000))
        server.stop()
        #expect(throws: HTTPClientError.self) { try client.receive() }
    }
}
