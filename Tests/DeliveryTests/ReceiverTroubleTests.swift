import Delivery
import TestSupport
import Testing

@Suite("Receivers that misbehave", .serialized)
struct ReceiverTroubleTests {
    private let sender = CurlSender(version: "1.2.3")

    private func error(_ request: OutgoingRequest) async throws -> TransferError {
        try #require(await #expect(throws: TransferError.self) { try await sender.send(request) })
    }

    @Test("A connection that is refused says so")
    func refused() async throws {
        let port = try LoopbackListener.unusedPort()
        #expect(
            try await error(OutgoingRequest(to: "http://127.0.0.1:\(port)/"))
                == .cannotConnect(host: "127.0.0.1:\(port)", reason: "Connection refused"))
    }

    @Test("A connection that is neither made nor refused ends with the timeout")
    func unreachable() async throws {
        let port = try UnreachablePort()
        #expect(
            try await error(OutgoingRequest(to: "http://127.0.0.1:\(port.port)/", timeout: .milliseconds(200)))
                == .timedOut(host: "127.0.0.1:\(port.port)"))
    }

    @Test(
        "Answers that never come, or end before their head does",
        arguments: [
            (WebhookAnswer.hangUp, "there is none" as String?),
            (.reset, "Connection reset by peer"),
            (.bytesThenHangUp(Array("HTTP/1.1 20".utf8)), nil),
            (.bytesThenHangUp(Array("HTTP/1.1 200 OK\r\nContent-Le".utf8)), "it breaks off"),
            (.bytes(Array("220 smtp.example.org ESMTP\r\n".utf8)), "it is not HTTP"),
            (.endlessHeaders, "its headers are longer than 64 kB"),
            (.endlessHeader, nil),
        ])
    func broken(answer: WebhookAnswer, reason: String?) async throws {
        let receiver = try WebhookReceiver { _ in answer }
        let error = try await error(OutgoingRequest(to: receiver.url()))
        guard case .broken(let host, let given) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(host == "127.0.0.1:\(receiver.port)")
        if let reason { #expect(given == reason) }
    }

    @Test(
        "A head that does not come in time ends with the timeout",
        arguments: [
            WebhookAnswer.silence,
            .after(.seconds(20), .reply()),
            .trickle(Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8), every: .seconds(1)),
            .trickle(
                Array(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 50).utf8), every: .milliseconds(20)),
        ])
    func slow(answer: WebhookAnswer) async throws {
        let receiver = try WebhookReceiver { _ in answer }
        #expect(
            try await error(OutgoingRequest(to: receiver.url(), timeout: .milliseconds(300)))
                == .timedOut(host: "127.0.0.1:\(receiver.port)"))
    }

    private static let head = Array("HTTP/1.1 503 No\r\nRetry-After: 9\r\nContent-Length: 1000\r\n\r\n".utf8)

    @Test(
        "Once the head has come there is an answer; of its body it says why it is not whole",
        arguments: [
            ("", false, WebhookAnswer.bytesThenHangUp(head)),
            ("half", false, .bytesThenHangUp(head + Array("half".utf8))),
            ("hung", true, .bytes(head + Array("hung".utf8))),
            ("slow", true, .after(.milliseconds(50), .trickle(head + Array("slow".utf8), every: .milliseconds(1)))),
        ])
    func halfBody(body: String, isLate: Bool, answer: WebhookAnswer) async throws {
        let receiver = try WebhookReceiver { _ in answer }
        let host = "127.0.0.1:\(receiver.port)"
        #expect(
            try await sender.send(OutgoingRequest(to: receiver.url(), timeout: .seconds(1)))
                == ReceivedAnswer(
                    status: 503, body: Array(body.utf8), retryAfter: .seconds(9),
                    shortfall: isLate ? .timedOut(host: host) : .broken(host: host, reason: "the connection ended")))
    }

    @Test("Of an endless body only the beginning is read")
    func endlessBody() async throws {
        let receiver = try WebhookReceiver { _ in .endlessBody(status: 500) }
        let answer = try await sender.send(OutgoingRequest(to: receiver.url()))
        #expect(answer.status == 500 && answer.body.count == ReceivedAnswer.bodyLimit)
        #expect(answer.body.starts(with: "and more\nand more".utf8))
        try await eventually { receiver.openConnectionCount == 0 }
    }

    @Test("Of a long answer as much is read as the request wants", arguments: [10, 4096, 100_000, 1 << 20])
    func wantedBody(limit: Int) async throws {
        let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        let receiver = try WebhookReceiver { _ in .reply(status: 200, headers: [], body: body) }
        var request = OutgoingRequest(.get, to: receiver.url())
        request.bodyLimit = limit
        #expect(try await sender.send(request).body == Array(body.prefix(limit)))
    }

    @Test("A body as long as the limit is read to its end")
    func fullBody() async throws {
        let body = [UInt8](repeating: 7, count: ReceivedAnswer.bodyLimit)
        let receiver = try WebhookReceiver { _ in .reply(status: 200, headers: [], body: body) }
        for _ in 0..<3 { #expect(try await sender.send(OutgoingRequest(to: receiver.url())).body == body) }
        #expect(receiver.connectionCount == 1)
    }

    @Test("A name that nobody knows cannot be resolved")
    func unknownName() async throws {
        #expect(
            try await error(OutgoingRequest(to: "https://nothing.invalid/x")) == .cannotResolve(host: "nothing.invalid")
        )
    }

    @Test(
        "What is no URL of HTTP is malformed",
        arguments: [
            "", "x", "//host/", "example.org/x", "ftp://example.org/", "file:///etc/passwd", "http://",
            "http://a b/", "http://host:port/", "http://host:99999/", "http://host/a b", "http://host/\u{0}",
            "http://host/\n", "mailto:a@b.c",
        ])
    func malformed(url: String) async throws {
        #expect(try await error(OutgoingRequest(to: url)) == .malformedURL)
    }

    @Test("No error shows more of the URL than its host and port")
    func secrecy() async throws {
        let port = try LoopbackListener.unusedPort()
        let receiver = try WebhookReceiver { $0.path.contains("reset") ? .reset : .silence }
        let hosts = [
            "http://hidden:hidden@127.0.0.1:\(port)/hidden?hidden#hidden",
            "http://hidden:hidden@127.0.0.1:\(receiver.port)/hidden?hidden#hidden",
            "http://hidden:hidden@127.0.0.1:\(receiver.port)/reset/hidden?hidden#hidden",
            "http://hidden:hidden@nothing.invalid/hidden?hidden#hidden",
            "https://hidden:hidden@127.0.0.1:\(receiver.port)/hidden?hidden#hidden",
            "gopher://hidden:hidden@127.0.0.1/hidden", "http://hidden:hidden@127.0.0.1:x/hidden",
        ]
        for url in hosts {
            let error = try await error(
                OutgoingRequest(to: url, headers: [("X-Key", "hidden")], body: "hidden", timeout: .milliseconds(200)))
            #expect(!"\(error)".contains("hidden") && !String(reflecting: error).contains("hidden"))
        }
    }
}
