/// What a `WebhookReceiver` does about one request.
package indirect enum WebhookAnswer: Sendable {
    /// A whole answer, after which the connection serves the next request.
    case reply(status: Int, headers: [String], body: [UInt8])
    /// Bytes as they are, in place of an answer.
    case bytes([UInt8])
    /// The bytes, and the end of the connection: half an answer.
    case bytesThenHangUp([UInt8])
    /// One byte at a time.
    case trickle([UInt8], every: Duration)
    case after(Duration, WebhookAnswer)
    /// The end of the connection, without an answer.
    case hangUp
    /// The connection is reset, without an answer.
    case reset
    /// Nothing, now or later.
    case silence
    /// Lines of headers that do not end.
    case endlessHeaders
    /// One header that does not end.
    case endlessHeader
    case endlessBody(status: Int)

    /// A whole answer with a text; `headers` are lines.
    package static func reply(
        _ status: Int = 200, headers: [String] = [], _ text: String = ""
    ) -> WebhookAnswer {
        .reply(status: status, headers: headers, body: Array(text.utf8))
    }
}
