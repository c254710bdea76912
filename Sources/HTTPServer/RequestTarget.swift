/// What a request's line asks for, as far as libmicrohttpd is not to look at it.
struct RequestTarget: Sendable {
    /// Of the whole of it, as the client sent it.
    var byteCount: Int
    /// What follows the first `?`, encoded.
    var query: [UInt8]
}
