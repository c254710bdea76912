internal import CMicroHTTPD

/// What becomes of each request: refused here, or handed to the handler.
final class RequestHandler: Sendable {
    private let handler: @Sendable (HTTPRequest) -> HTTPResponse

    init(handler: @escaping @Sendable (HTTPRequest) -> HTTPResponse) {
        self.handler = handler
    }

    /// The refusal of a request with a body, nil for one without.
    ///
    /// libmicrohttpd asks before it reads any of the body, and after an answer given then reads no more.
    func refusal(method: String, headers: [(name: String, value: String)]) -> HTTPResponse? {
        let announcesBody = headers.contains { name, value in
            switch name.lowercased() {
            case "content-length": value.contains { $0 != "0" }
            case "transfer-encoding": true
            default: false
            }
        }
        guard announcesBody else { return nil }
        return (HTTPMethod(rawValue: method) == nil ? unknownMethod : HTTPResponse.bodyRefused).closingConnection()
    }

    func response(method: String, path: String, connection: borrowing MHDConnection) -> HTTPResponse {
        guard let method = HTTPMethod(rawValue: method) else { return unknownMethod }
        return handler(
            HTTPRequest(method: method, path: path, query: connection.query(), headers: connection.headers()))
    }

    private var unknownMethod: HTTPResponse { .methodNotAllowed(HTTPMethod.allCases) }
}

/// libmicrohttpd's callback for a request; `requests` is the server's `RequestHandler`, which outlives the thread.
///
/// It is called first with the headers alone, when `state` is still NULL, and again when the body, if any, is over.
/// Answered on the first call, a request costs its connection, as libmicrohttpd then takes its body for unread; so that
/// is done only for those that have one.
func answerRequest(
    requests: UnsafeMutableRawPointer?, connection: OpaquePointer?, path: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, body: UnsafePointer<CChar>?,
    bodyLength: UnsafeMutablePointer<Int>?, state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let requests = unsafe requests, let connection = unsafe connection, let path = unsafe path,
        let method = unsafe method, let state = unsafe state
    else { return .NO }
    let handler = unsafe Unmanaged<RequestHandler>.fromOpaque(requests).takeUnretainedValue()
    let client = unsafe MHDConnection(connection)
    let methodName = unsafe String(cString: method)

    if unsafe state.pointee == nil {
        unsafe state.pointee = requests
        guard let refusal = handler.refusal(method: methodName, headers: client.headers()) else { return .YES }
        return client.queue(refusal)
    }
    return client.queue(
        handler.response(method: methodName, path: unsafe String(cString: path), connection: client))
}
