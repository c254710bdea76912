import HTTPServer

/// A server on a port of 127.0.0.1, 0 for any free one, that answers with what its handler was given, a fact per line.
func echoServer(port: UInt16 = 0, limits: HTTPLimits = HTTPLimits()) throws -> HTTPServer {
    try HTTPServer(host: "127.0.0.1", port: port, limits: limits) { request in
        let query = request.query.all.map { "\($0.name)=\($0.value)" }
        let lines = [request.method.rawValue, request.path] + query + [request.header("X-TEST") ?? "no header"]
        return .text(lines.joined(separator: "\n"))
    }
}
