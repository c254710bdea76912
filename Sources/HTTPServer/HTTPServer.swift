internal import Synchronization

/// An HTTP/1.1 server with one thread, libmicrohttpd's, on which requests are handled one after another.
///
/// It answers 405 to every method but GET, HEAD and POST, and 413 to every request with a body; what is left goes to the
/// handler. Stops by itself when it is released.
package final class HTTPServer: Sendable {
    /// The port really bound.
    package let port: UInt16
    private let daemon: Mutex<MHDDaemon?>

    /// Binds `host` (an address, a name, or `""` for all addresses) and serves until `stop`; port 0 binds any free port.
    ///
    /// The handler runs on the server's thread and holds up every other request while it does. It must not stop the
    /// server, nor own it: stopping waits for the handler.
    package init(
        host: String, port: UInt16, limits: HTTPLimits = HTTPLimits(),
        handler: @escaping @Sendable (HTTPRequest) -> HTTPResponse
    ) throws(HTTPServerError) {
        let socket = try ListeningSocket(host: host, port: port)
        self.port = socket.port
        daemon = Mutex(
            try MHDDaemon(
                serving: socket, address: HTTPServerError.address(host: host, port: port), limits: limits,
                requests: RequestHandler(handler: handler)))
    }

    /// Closes the port and every connection, and returns when no handler runs any more.
    ///
    /// May be called again.
    package func stop() {
        daemon.withLock { $0 = nil }
    }
}
