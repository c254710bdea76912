/// What a request wants of its path.
package enum HTTPMethod: String, Sendable {
    case get = "GET"
    /// To be answered as GET: the server sends the headers and leaves the body out.
    case head = "HEAD"
    /// Always without a body.
    case post = "POST"
    /// Any other, to be answered with 405 or 404.
    case other
}
