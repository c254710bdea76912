import Delivery
import Platform
import Testing

@Suite("What an answer means")
struct DeliveryResultTests {
    private static let request = OutgoingRequest(
        to: "https://user:password@hooks.example.org/services/T0123456/secret-token?key=query-secret",
        headers: [("Content-Type", "application/json"), ("Authorization", "Bearer header-secret")])

    private func result(
        _ status: Int, _ body: String = "", retryAfter: Duration? = nil,
        kind: ChannelSettings.Kind = .webhook(.standard)
    ) -> DeliveryResult {
        let answer = ReceivedAnswer(status: status, body: Array(body.utf8), retryAfter: retryAfter)
        return DeliveryResult(answer, to: Self.request, of: kind)
    }

    @Test("Success is delivered, whatever the body says", arguments: [200, 201, 202, 204, 299])
    func delivered(status: Int) {
        #expect(result(status, "no_service") == .delivered)
    }

    @Test(
        "What may pass is for later, with the wish of the receiver",
        arguments: [408, 425, 429, 500, 501, 503, 599, 600])
    func later(status: Int) {
        #expect(result(status, "busy") == .later(reason: "answered \(status): busy", retryAfter: nil))
        #expect(
            result(status, retryAfter: .seconds(5)) == .later(reason: "answered \(status)", retryAfter: .seconds(5)))
    }

    @Test("What will not pass is rejected", arguments: [400, 401, 403, 404, 405, 413, 422, 499])
    func rejected(status: Int) {
        #expect(result(status, "no") == .rejected(reason: "answered \(status): no"))
    }

    @Test("Gone stops the channel")
    func stopped() {
        #expect(result(410, "gone") == .stopped(reason: "answered 410: gone"))
    }

    @Test("A redirect is for later, as nothing was delivered", arguments: [300, 301, 302, 304, 307, 308])
    func redirected(status: Int) {
        #expect(
            result(status, "moved") == .later(reason: "redirects are not followed: \(status)", retryAfter: nil))
    }

    @Test(
        "Slack's words for errors are rejected though the status is 200",
        arguments: [
            ("ok", true), ("invalid_token", false), ("no_service", false), ("", true), ("{\"ok\":true}", true),
            ("Invalid_token", true), ("a", true), ("_error", true), ("an error", true),
        ])
    func slack(body: String, isDelivered: Bool) {
        let expected: DeliveryResult = isDelivered ? .delivered : .rejected(reason: "answered 200: \(body)")
        #expect(result(200, body, kind: .slack) == expected)
        #expect(result(200, body, kind: .discord) == .delivered)
    }

    @Test("A reason is one line of at most 120 characters of the body, and nothing in it moves the cursor")
    func reason() {
        #expect(
            result(500, "{\n  \"a\":\t1\r\n}\u{1B}[31m\u{202E}\u{2028}\u{0}end\n")
                == .later(reason: "answered 500: { \"a\": 1 } [31m end", retryAfter: nil))
        #expect(
            result(500, String(repeating: "é", count: 121))
                == .later(reason: "answered 500: \(String(repeating: "é", count: 120))…", retryAfter: nil))
        let answer = ReceivedAnswer(status: 500, body: [0xFF, 0x41, 0xC3])
        #expect(
            DeliveryResult(answer, to: Self.request, of: .slack)
                == .later(reason: "answered 500: \u{FFFD}A\u{FFFD}", retryAfter: nil))
    }

    @Test(
        "What the body repeats of the URL or the headers is not shown",
        arguments: [
            ("Cannot POST /services/T0123456/secret-token?key=query-secret", "Cannot POST ***"),
            ("{\"path\":\"\\/services\\/T0123456\\/secret-token\"}", "{\"path\":\"\\/***\\/***\\/***\"}"),
            ("token secret-token is unknown", "token *** is unknown"),
            ("user:password, Bearer header-secret", "***, ***"),
            ("header-secret is not query-secret", "*** is not ***"),
            ("expected application/json", "expected application/json"),
        ])
    func secrets(body: String, shown: String) {
        #expect(result(404, body) == .rejected(reason: "answered 404: \(shown)"))
    }

    @Test("A routing key that is repeated is not shown")
    func routingKey() {
        let kind = ChannelSettings.Kind.pagerDuty(routingKey: Secret(Array("R0".utf8)))
        #expect(result(400, "key R0 is unknown", kind: kind) == .rejected(reason: "answered 400: key *** is unknown"))
    }

    @Test("A secret at the edge of what is shown is hidden whole")
    func secretAtTheEdge() {
        let start = String(repeating: "x", count: 115)
        #expect(result(404, "\(start) secret-token") == .rejected(reason: "answered 404: \(start) ***"))
    }

    @Test("Without an answer it may work later, unless the URL is none")
    func errors() {
        #expect(DeliveryResult(TransferError.malformedURL) == .rejected(reason: "the url is malformed"))
        for error in [
            TransferError.cannotResolve(host: "h"), .cannotConnect(host: "h", reason: "r"), .timedOut(host: "h"),
            .tls(host: "h", reason: "r"), .broken(host: "h", reason: "r"), .caFile(path: "p"), .cancelled,
            .other(host: "h", reason: "r"),
        ] {
            #expect(DeliveryResult(error) == .later(reason: error.description, retryAfter: nil))
        }
    }
}
