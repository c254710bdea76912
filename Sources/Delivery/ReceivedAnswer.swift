/// What a receiver answered.
package struct ReceivedAnswer: Equatable, Sendable {
    /// The HTTP status: 100 to 999.
    package var status: Int
    /// The beginning of the body, as much of it as the request wants.
    package var body: [UInt8]
    /// How long it wants to be left alone: `Retry-After`, in seconds or as a date; nil: it did not say.
    package var retryAfter: Duration?

    /// Why the body ends before all of it has come that the request wants; nil: it does not.
    package var shortfall: TransferError?

    /// As much of the body as is read where nobody wants more.
    package static let bodyLimit = 4096

    package init(status: Int, body: [UInt8] = [], retryAfter: Duration? = nil, shortfall: TransferError? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
        self.shortfall = shortfall
    }
}
