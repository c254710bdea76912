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
            socket.release(), Self.count(limits.connections),
            limits.connectionsPerAddress.map(Self.count) ?? 0, Self.count(limits.idleSeconds),
            max(1024, limits.headerBytes), answerRequest, Unmanaged.passUnretained(requests).toOpaque())
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
