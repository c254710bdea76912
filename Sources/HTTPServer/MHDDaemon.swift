internal import CMicroHTTPD
internal import Glibc

/// libmicrohttpd's daemon: one thread, named `MHD-single` by the library, that serves until this value ends.
@safe
struct MHDDaemon: ~Copyable {
    private let daemon: OpaquePointer
    // The thread refers to it without holding it; a field outlives the body of `deinit`, which joins the thread.
    private let requests: RequestHandler

    /// Serves the socket; `address` is for the error.
    init(
        serving socket: consuming ListeningSocket, address: String, limits: HTTPLimits, requests: RequestHandler
    ) throws(HTTPServerError) {
        errno = 0
        // When it fails the library has closed the socket, or, out of memory at the very beginning, has not. One that is
        // left open in a process about to give up does less harm than a descriptor closed twice.
        let started = unsafe cmicrohttpd_start(
            socket.release(), requests.policy.tls == nil ? 0 : 1,
            Self.count(max(1, limits.connections) + HTTPLimits.spare),
            limits.connectionsPerAddress.map(Self.count) ?? 0, Self.count(limits.idleSeconds),
            limits.connectionBytes, answerRequest, noteConnection, noteCompletion, unescapeText, takeTarget,
            Unmanaged.passUnretained(requests).toOpaque())
        guard let started = unsafe started else {
            let code = errno
            let reason = code == 0 ? "libmicrohttpd could not be started" : HTTPServerError.text(errno: code)
            throw .couldNotServe(address: address, reason: reason)
        }
        unsafe daemon = started
        self.requests = requests
    }

    deinit {
        unsafe MHD_stop_daemon(daemon)
    }

    /// libmicrohttpd takes a limit of 0 to mean that there is none.
    private static func count(_ limit: Int) -> UInt32 {
        UInt32(clamping: max(1, limit))
    }
}

/// libmicrohttpd's callback for a connection that has been made, or is about to be closed.
private func noteConnection(
    requests: UnsafeMutableRawPointer?, connection: OpaquePointer?,
    context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, code: MHD_ConnectionNotificationCode
) {
    guard let requests = unsafe requests, let connection = unsafe connection else { return }
    let handler = unsafe Unmanaged<RequestHandler>.fromOpaque(requests).takeUnretainedValue()
    let client = unsafe MHDConnection(connection)
    switch code {
    case .CONNECTION_NOTIFY_STARTED: handler.open(client)
    case .CONNECTION_NOTIFY_CLOSED: handler.keeper.close(client.id)
    @unknown default: break
    }
}

/// libmicrohttpd's callback for a request that has been answered, or given up.
private func noteCompletion(
    requests: UnsafeMutableRawPointer?, connection: OpaquePointer?,
    state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, code: MHD_RequestTerminationCode
) {
    guard let requests = unsafe requests, let connection = unsafe connection else { return }
    let handler = unsafe Unmanaged<RequestHandler>.fromOpaque(requests).takeUnretainedValue()
    handler.end(unsafe ConnectionID(connection))
}

/// libmicrohttpd's callback for a request's target, before it looks at it; gives the request's first state.
///
/// Takes the query away, which libmicrohttpd would cut into its parts in the connection's memory.
private func takeTarget(
    requests: UnsafeMutableRawPointer?, text: UnsafePointer<CChar>?, connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let requests = unsafe requests, let text = unsafe text, let connection = unsafe connection else {
        return nil
    }
    var target = RequestTarget(byteCount: unsafe strlen(text), query: [])
    if let mark = unsafe strchr(text, Int32(UInt8(ascii: "?"))) {
        let query = unsafe UnsafePointer(mark + 1)
        target.query = unsafe Array(UnsafeRawBufferPointer(start: query, count: strlen(query)))
        unsafe cmicrohttpd_end_at_query(query)
    }
    let handler = unsafe Unmanaged<RequestHandler>.fromOpaque(requests).takeUnretainedValue()
    handler.take(target, of: unsafe ConnectionID(connection))
    return nil
}

/// libmicrohttpd's callback to decode a path in place; gives its length.
///
/// A NUL would end the text, so that `/metrics%00x` were `/metrics`: it becomes U+FFFD, which is three bytes long too.
private func unescapeText(
    _: UnsafeMutableRawPointer?, _: OpaquePointer?, text: UnsafeMutablePointer<CChar>?
) -> Int {
    guard let text = unsafe text else { return 0 }
    while let nul = unsafe strstr(text, "%00") {
        unsafe (nul[0], nul[1], nul[2]) = (CChar(bitPattern: 0xEF), CChar(bitPattern: 0xBF), CChar(bitPattern: 0xBD))
    }
    return unsafe MHD_http_unescape(text)
}
