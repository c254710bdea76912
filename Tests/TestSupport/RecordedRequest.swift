/// A request as a `WebhookReceiver` has received it.
package struct RecordedRequest: Sendable {
    package let method: String
    /// As it stands in the request line: a whole URL where the receiver is used as a proxy.
    package let path: String
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
    /// When its last byte had come.
    package let time: ContinuousClock.Instant
    /// Which of the receiver's connections it came on: 1, 2, 3.
    package let connection: Int

    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    package var text: String { String(decoding: body, as: UTF8.self) }
}
