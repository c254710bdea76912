import Platform
import StreamModel
import Testing

@testable import Delivery

@Suite("The signature of a webhook")
struct WebhookSignatureTests {
    private static let vector = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private func headers(_ keys: [Secret]) -> [String] {
        WebhookSignature.headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: Timestamp(milliseconds: 1_614_265_330_999),
            body: Array(#"{"test": 2432232314}"#.utf8), keys: keys
        ).map { "\($0.name): \(String(decoding: $0.value.bytes, as: UTF8.self))" }
    }

    private let unsigned = ["webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp: 1614265330"]

    @Test("is that of the vector that Standard Webhooks publishes")
    func vector() throws {
        #expect(headers([try SigningKey.parse(Self.vector)]) == unsigned + ["webhook-signature: \(Self.signature)"])
    }

    @Test("is there once for each key, and not at all without one")
    func keys() throws {
        let other = Secret(Array("another key".utf8))
        let alone = try #require(headers([other]).last).dropFirst("webhook-signature: ".count)
        #expect(alone.hasPrefix("v1,") && alone != Self.signature)
        #expect(
            headers([try SigningKey.parse(Self.vector), other])
                == unsigned + ["webhook-signature: \(Self.signature) \(alone)"])
        #expect(headers([]) == unsigned)
    }
}
