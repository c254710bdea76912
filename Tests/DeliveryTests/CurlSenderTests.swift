import Delivery
import Glibc
import TestSupport
import Testing

@Suite("A request and its answer", .serialized)
struct CurlSenderTests {
    private let sender = CurlSender(version: "1.2.3")

    @Test("A POST carries its path, its headers and its body, and waits for no 100 Continue")
    func post() async throws {
        let receiver = try WebhookReceiver { _ in .reply(202, headers: ["X-Other: 1"], "taken") }
        let body = String(repeating: "body\u{0}", count: 50_000)
        let answer = try await sender.send(
            OutgoingRequest(
                to: receiver.url("/hook/a%20b?c=d"), headers: [("X-Signature", "v1,a=b"), ("X-Empty", "")], body: body))
        #expect(answer == ReceivedAnswer(status: 202, body: Array("taken".utf8)))
        let request = try await receiver.nextRequest()
        #expect(request.method == "POST" && request.path == "/hook/a%20b?c=d")
        #expect(request.text == body)
        #expect(request.header("user-agent") == "weir/1.2.3")
        #expect(request.header("x-signature") == "v1,a=b" && request.header("x-empty") == "")
        #expect(request.header("host") == "127.0.0.1:\(receiver.port)")
        for name in ["expect", "content-type", "accept-encoding", "transfer-encoding"] {
            #expect(request.header(name) == nil, "\(name)")
        }
    }

    @Test("A POST without a body says so, and a content type that is given is kept")
    func emptyPost() async throws {
        let receiver = try WebhookReceiver()
        _ = try await sender.send(OutgoingRequest(to: receiver.url(), headers: [("content-type", "application/json")]))
        let request = try await receiver.nextRequest()
        #expect(request.header("content-length") == "0" && request.header("content-type") == "application/json")
    }

    @Test("A GET has no body")
    func get() async throws {
        let receiver = try WebhookReceiver { _ in .reply(204) }
        #expect(try await sender.send(OutgoingRequest(.get, to: receiver.url("/ping"))).status == 204)
        let request = try await receiver.nextRequest()
        #expect(request.method == "GET" && request.path == "/ping" && request.header("content-length") == nil)
    }

    @Test("A name and a password in the URL log in")
    func userInfo() async throws {
        let receiver = try WebhookReceiver()
        _ = try await sender.send(OutgoingRequest(to: "http://user:pass%20word@127.0.0.1:\(receiver.port)/"))
        #expect(try await receiver.nextRequest().header("authorization") == "Basic dXNlcjpwYXNzIHdvcmQ=")
    }

    @Test("Any status is an answer", arguments: [200, 204, 302, 400, 404, 408, 410, 425, 429, 500, 503, 599, 999])
    func statuses(status: Int) async throws {
        let receiver = try WebhookReceiver { _ in .reply(status) }
        #expect(try await sender.send(OutgoingRequest(to: receiver.url())) == ReceivedAnswer(status: status))
    }

    @Test("Redirects are not followed", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let elsewhere = try WebhookReceiver()
        let location = elsewhere.url()
        let receiver = try WebhookReceiver { _ in .reply(status, headers: ["Location: \(location)"]) }
        #expect(try await sender.send(OutgoingRequest(to: receiver.url())).status == status)
        #expect(receiver.requests.count == 1 && elsewhere.connectionCount == 0)
    }

    @Test(
        "Retry-After is told in seconds, up to six hours",
        arguments: [
            (nil, nil), ("", nil), ("0", nil), ("-5", nil), ("soon", nil), ("7", 7), ("21600", 21_600),
            ("21601", 21_600), ("Sun, 06 Nov 1994 08:49:37 GMT", nil),
            ("Fri, 31 Dec 2999 23:59:59 GMT", 21_600),
        ])
    func retryAfter(value: String?, seconds: Int?) async throws {
        let receiver = try WebhookReceiver { _ in .reply(429, headers: value.map { ["Retry-After: \($0)"] } ?? []) }
        let answer = try await sender.send(OutgoingRequest(to: receiver.url()))
        #expect(answer == ReceivedAnswer(status: 429, retryAfter: seconds.map { .seconds($0) }))
    }

    @Test("Retry-After may be a date")
    func retryAfterDate() async throws {
        var time = Glibc.time(nil) + 100
        var parts = unsafe tm()
        unsafe gmtime_r(&time, &parts)
        var text = [CChar](repeating: 0, count: 64)
        let count = unsafe strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        let date = String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let receiver = try WebhookReceiver { _ in .reply(503, headers: ["Retry-After: \(date)"]) }
        let retryAfter = try #require(try await sender.send(OutgoingRequest(to: receiver.url())).retryAfter)
        #expect(retryAfter > .seconds(70) && retryAfter <= .seconds(100))
    }

    @Test("100 Continue is not the answer")
    func continued() async throws {
        let receiver = try WebhookReceiver { request in
            let interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
            let rest = request.path == "/whole" ? "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok" : ""
            return .bytesThenHangUp(Array((interim + rest).utf8))
        }
        #expect(
            try await sender.send(OutgoingRequest(to: receiver.url("/whole")))
                == ReceivedAnswer(status: 201, body: Array("ok".utf8)))
        let error = await #expect(throws: TransferError.self) {
            try await sender.send(OutgoingRequest(to: receiver.url("/half")))
        }
        guard case .broken = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("Of a chunked body the text is kept, of a compressed one the bytes")
    func encodings() async throws {
        let receiver = try WebhookReceiver { request in
            request.path == "/chunked"
                ? .bytes(
                    Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n".utf8))
                : .reply(headers: ["Content-Encoding: gzip"], "as it is")
        }
        #expect(try await sender.send(OutgoingRequest(to: receiver.url("/chunked"))).body == Array("abc".utf8))
        #expect(try await sender.send(OutgoingRequest(to: receiver.url("/gzip"))).body == Array("as it is".utf8))
    }

    @Test("A connection is used again, and one that its receiver has closed meanwhile does no harm")
    func reuse() async throws {
        let port = try LoopbackListener.unusedPort()
        let first = try WebhookReceiver(port: port)
        for _ in 0..<5 { _ = try await sender.send(OutgoingRequest(to: first.url())) }
        #expect(first.connectionCount == 1)
        first.stop()
        try await eventually { first.openConnectionCount == 0 }
        let second = try WebhookReceiver(port: port)
        #expect(try await sender.send(OutgoingRequest(to: second.url())).status == 200)
    }
}
