import Crypto
import FoundationEssentials
import Platform
import StreamModel

/// The headers by which Standard Webhooks tells one message from another, and who has sent it.
enum WebhookSignature {
    /// `id`: stable over retries, without a dot; `time`: of this attempt.
    ///
    /// One signature for each key: a receiver that knows any of them can check it. None without keys.
    static func headers(
        id: String, at time: Timestamp, body: [UInt8], keys: [Secret]
    ) -> [ChannelSettings.Header] {
        let seconds = String(time.milliseconds / 1000)
        var headers = [("webhook-id", id), ("webhook-timestamp", seconds)]
        if !keys.isEmpty {
            let message = Array("\(id).\(seconds).".utf8) + body
            let signatures = keys.map { key in
                "v1,\(Data(HMAC.sha256(message, key: key.bytes)).base64EncodedString())"
            }
            headers.append(("webhook-signature", signatures.joined(separator: " ")))
        }
        return headers.map { .init(name: $0, value: Secret(Array($1.utf8))) }
    }
}
