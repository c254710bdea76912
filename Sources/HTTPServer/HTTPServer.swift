internal import Platform
internal import Synchronization

/// An HTTP/1.1 server with one thread, libmicrohttpd's, on which requests are handled one after another.
///
/// It answers 413 to every request with a body; what its policy admits of the rest goes to the handler. A second thread checks passwords, and sees to it that nobody stays longer than the
/// limits allow. Stops by itself when it is released.
package final class HTTPServer: Sendable {
    private struct Serving: ~Copyable {
        let daemon: MHDDaemon
        /// Kept for whoever takes over.
        let socket: ListeningSocket
    }

    /// The port really bound.
    package let port: UInt16
    /// Whether it speaks TLS, and nothing else.
    package let speaksTLS: Bool
    private let serving: Mutex<Serving?>
    private let requests: RequestHandler

    /// Binds `host` (an address, a name, or `""` for all) and serves until `stop`; port 0 binds any free port.
    ///
    /// The handler runs on the server's thread and holds up every other request while it does. It must not stop the
    /// server, nor own it: stopping waits for the handler.
    package convenience init(
        host: String, port: UInt16, limits: HTTPLimits = HTTPLimits(), policy: HTTPPolicy = HTTPPolicy(),
        handler: @escaping @Sendable (HTTPRequest) -> HTTPResponse
    ) throws(HTTPServerError) {
        let socket = try ListeningSocket(host: host, port: port)
        let address = HTTPServerError.address(host: host, port: port)
        try self.init(socket: socket, address: address, limits: limits, policy: policy, handler: handler)
    }

    /// Serves the address of another server, which goes on until it is stopped: no client finds the port closed.
    package convenience init(
        takingOverFrom other: HTTPServer, limits: HTTPLimits = HTTPLimits(), policy: HTTPPolicy,
        handler: @escaping @Sendable (HTTPRequest) -> HTTPResponse
    ) throws(HTTPServerError) {
        let address = HTTPServerError.address(host: "", port: other.port)
        let socket = try other.serving.withLock { (serving) throws(HTTPServerError) in
            guard let socket = try serving?.socket.duplicate() else {
                throw HTTPServerError.couldNotServe(address: address, reason: "the port has been closed")
            }
            return socket
        }
        try self.init(socket: socket, address: address, limits: limits, policy: policy, handler: handler)
    }

    private init(
        socket: consuming ListeningSocket, address: String, limits: HTTPLimits, policy: HTTPPolicy,
        handler: @escaping @Sendable (HTTPRequest) -> HTTPResponse
    ) throws(HTTPServerError) {
        port = socket.port
        speaksTLS = policy.tls != nil
        let keeper: ConnectionKeeper
        do throws(BlockingThreadError) {
            keeper = try ConnectionKeeper(limits: limits)
        } catch {
            throw .couldNotServe(address: address, reason: "\(error)")
        }
        requests = RequestHandler(keeper: keeper, limits: limits, policy: policy, handler: handler)
        do throws(HTTPServerError) {
            let daemon = try MHDDaemon(
                serving: socket.duplicate(), address: address, limits: limits, requests: requests)
            serving = Mutex(Serving(daemon: daemon, socket: socket))
        } catch {
            keeper.stop()
            throw error
        }
    }

    deinit {
        stop()
    }

    /// From now on serves by this policy; whether it speaks TLS does not change by it.
    package func take(_ policy: HTTPPolicy) {
        requests.policy = policy
    }

    /// Closes the port and every connection, and returns when no handler runs any more.
    ///
    /// May be called again.
    package func stop() {
        // First, as libmicrohttpd cannot be stopped while a connection is suspended.
        requests.keeper.stop()
        serving.withLock { $0 = nil }
    }
}
