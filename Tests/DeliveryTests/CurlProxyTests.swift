import Delivery
import Glibc
import TestSupport
import Testing

@Suite("Proxies of the environment", .serialized)
struct CurlProxyTests {
    private func withEnvironment(_ name: String, _ value: String, _ body: () async throws -> Void) async throws {
        unsafe setenv(name, value, 1)
        defer { unsafe unsetenv(name) }
        try await body()
    }

    @Test("A request goes to the proxy, whole")
    func http() async throws {
        let proxy = try WebhookReceiver { _ in .reply(202) }
        try await withEnvironment("http_proxy", proxy.url()) {
            let sender = CurlSender(version: "1")
            let answer = try await sender.send(OutgoingRequest(to: "http://nothing.invalid/x"))
            #expect(answer.status == 202)
        }
        #expect(proxy.requests.map(\.path) == ["http://nothing.invalid/x"])
    }

    @Test("A proxy that refuses a connection is told from the receiver, and shows nothing of its own URL")
    func refusal() async throws {
        let proxy = try WebhookReceiver { _ in .reply(403, "hidden") }
        try await withEnvironment("https_proxy", "http://hidden:hidden@127.0.0.1:\(proxy.port)") {
            let sender = CurlSender(version: "1")
            await #expect(throws: TransferError.other(host: "nothing.invalid:443", reason: "the proxy answered 403")) {
                try await sender.send(OutgoingRequest(to: "https://nothing.invalid/x"))
            }
        }
        #expect(proxy.requests.map(\.method) == ["CONNECT"])
    }

    @Test("A proxy whose name nobody knows is no matter of the receiver")
    func unknownProxy() async throws {
        try await withEnvironment("http_proxy", "http://hidden:hidden@nothing.invalid:3128") {
            let sender = CurlSender(version: "1")
            let reason = "the name of the proxy cannot be resolved"
            await #expect(throws: TransferError.other(host: "127.0.0.1:80", reason: reason)) {
                try await sender.send(OutgoingRequest(to: "http://127.0.0.1/x"))
            }
        }
    }
}
