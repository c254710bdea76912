/// What a handler answers.
package struct HTTPResponse: Sendable {
    package var status: Int
    /// Without `Content-Length`, `Date` and `X-Content-Type-Options`, which the server adds.
    package var headers: [(name: String, value: String)]
    package var body: any BodySource

    package init(status: Int = 200, headers: [(name: String, value: String)] = [], body: any BodySource = [UInt8]()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(status: Int = 200, contentType: String, body: any BodySource) {
        self.init(status: status, headers: [("Content-Type", contentType)], body: body)
    }

    /// Plain text in UTF-8.
    package static func text(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    /// 405, naming the methods that the path does answer.
    package static func methodNotAllowed(_ allowed: [HTTPMethod]) -> HTTPResponse {
        var response = text("method not allowed\n", status: 405)
        response.headers.append(("Allow", allowed.map(\.rawValue).joined(separator: ", ")))
        return response
    }

    static var targetTooLong: HTTPResponse { text("the address is too long\n", status: 414) }

    static var headersTooLarge: HTTPResponse {
        text("the headers are too large, or too many\n", status: 431)
    }

    static var bodyRefused: HTTPResponse { text("requests with a body are not accepted\n", status: 413) }

    /// The same for whatever is wrong with the name and the password: it does not tell who is a user.
    static var unauthorized: HTTPResponse {
        var response = text(
            "this page is for users: a name and the password that goes with it are wanted\n", status: 401)
        response.headers.append(("WWW-Authenticate", "Basic realm=\"weir\", charset=\"UTF-8\""))
        return response
    }

    static var busy: HTTPResponse {
        retrying("too many passwords are being checked at the moment\n", status: 503)
    }

    static var tooManyRequests: HTTPResponse {
        retrying("more requests than the configured rate_limit\n", status: 429)
    }

    private static func retrying(_ words: String, status: Int) -> HTTPResponse {
        var response = text(words, status: status)
        response.headers.append(("Retry-After", "1"))
        return response
    }

    /// With those headers that every response has, and of `additions` those that it does not have yet.
    func complete(with additions: [String: String]) -> HTTPResponse {
        adding(["X-Content-Type-Options": "nosniff"]).adding(additions)
    }

    private func adding(_ additions: [String: String]) -> HTTPResponse {
        var response = self
        for (name, value) in additions.sorted(by: { $0.key < $1.key }) {
            let folded = name.lowercased()
            if !headers.contains(where: { $0.name.lowercased() == folded }) { response.headers.append((name, value)) }
        }
        return response
    }

    func closingConnection() -> HTTPResponse {
        var response = self
        response.headers.append(("Connection", "close"))
        return response
    }
}
