/// What a receiver answered.
package struct ReceivedAnswer: Equatable, Sendable {
    /// The HTTP status: 100 to 999.
    package var status: Int
    /// The beginning of the body, at most `bodyLimit` bytes.
    package var body: [UInt8]
    /// How long it wants to be left alone: `Retry-After`, in seconds or as a date; nil: it did not say.
    package var retryAfter: Duration?

    /// What is longer is not read: the status has said it all.
    package static let bodyLimit = 4096

    package init(status: Int, body: [UInt8] = [], retryAfter: Duration? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
    }
}
