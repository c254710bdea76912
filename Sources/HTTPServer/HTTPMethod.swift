/// The methods a handler is asked to answer; the server refuses every other by itself.
package enum HTTPMethod: String, CaseIterable, Sendable {
    case get = "GET"
    /// To be answered as GET: the server sends the headers and leaves the body out.
    case head = "HEAD"
    /// Always without a body.
    case post = "POST"
}
