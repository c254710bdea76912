/// What a handler answers.
package struct HTTPResponse: Sendable {
    package var status: Int
    /// Without `Content-Length`, `Date` and `X-Content-Type-Options`, which the server adds.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(status: Int = 200, contentType: String, body: [UInt8]) {
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

    static var bodyRefused: HTTPResponse { text("requests with a body are not accepted\n", status: 413) }

    func closingConnection() -> HTTPResponse {
        var response = self
        response.headers.append(("Connection", "close"))
        return response
    }
}
