import CGnuTLS
import Glibc
import Platform

/// The socket, as GnuTLS reads and writes it: never waiting, never by a signal.
///
/// It remembers what GnuTLS does not tell: how the server began, and what the system said last.
final class TLSWire {
    private let socket: Int32
    /// The first two bytes that have come, or one.
    private(set) var firstBytes: [UInt8] = []
    /// Whether the server has closed the connection in order.
    private(set) var hasEnded = false
    private(set) var lastError: SystemError?

    init(socket: Int32) {
        self.socket = socket
    }

    /// From now on the session's bytes go this way; this has to live as long as the session.
    func attach(to session: gnutls_session_t) {
        unsafe gnutls_transport_set_ptr(session, Unmanaged.passUnretained(self).toOpaque())
        unsafe gnutls_transport_set_pull_function(session, pull)
        unsafe gnutls_transport_set_vec_push_function(session, push)
    }

    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = unsafe recv(socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        if count == 0 { hasEnded = true }
        if count > 0, firstBytes.count < 2 { unsafe firstBytes += buffer.prefix(min(count, 2 - firstBytes.count)) }
        return noting(count)
    }

    fileprivate func write(_ buffers: UnsafePointer<iovec>?, count: Int) -> Int {
        var message = unsafe msghdr()
        unsafe message.msg_iov = unsafe UnsafeMutablePointer(mutating: buffers)
        unsafe message.msg_iovlen = count
        return noting(unsafe sendmsg(socket, &message, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)))
    }

    private func noting(_ result: Int) -> Int {
        if result < 0 {
            let code = errno
            lastError = SystemError(code: code)
            // GnuTLS looks for it there.
            errno = code
        }
        return result
    }
}

/// Called by GnuTLS for input.
private func pull(_ wire: UnsafeMutableRawPointer?, _ buffer: UnsafeMutableRawPointer?, _ size: Int) -> Int {
    guard let wire = unsafe wire else { return -1 }
    return unsafe Unmanaged<TLSWire>.fromOpaque(wire).takeUnretainedValue().read(
        into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
}

/// Called by GnuTLS with output.
private func push(_ wire: UnsafeMutableRawPointer?, _ buffers: UnsafePointer<giovec_t>?, _ count: Int32) -> Int {
    guard let wire = unsafe wire else { return -1 }
    return unsafe Unmanaged<TLSWire>.fromOpaque(wire).takeUnretainedValue().write(buffers, count: Int(count))
}
