internal import Glibc

/// Asks an HTTP server on this machine for one page, and looks at nothing but the status.
package enum HTTPProbe {
    private static let timeoutSeconds = 2

    /// The status of a GET, by blocking for at most two seconds at each step.
    ///
    /// The address of all interfaces is asked on the loopback.
    package static func status(of path: String, host: String, port: UInt16) throws(HTTPProbeError) -> Int {
        let peer =
            switch host {
            case "", "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            default: host
            }
        let descriptor = try connected(to: peer, port: port)
        defer { close(descriptor) }
        let name = HTTPServerError.address(host: peer, port: port)
        let request = Array("GET \(path) HTTP/1.1\r\nHost: \(name)\r\nConnection: close\r\n\r\n".utf8)
        let sent = unsafe request.withUnsafeBytes { bytes in
            unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == request.count else { throw .noAnswer(reason: HTTPServerError.text(errno: errno)) }
        return try readStatus(from: descriptor)
    }

    /// Reads as far as `HTTP/1.1 200`.
    private static func readStatus(from descriptor: Int32) throws(HTTPProbeError) -> Int {
        var head: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64)
        while head.count < 12 {
            let count = unsafe block.withUnsafeMutableBytes { bytes in
                unsafe recv(descriptor, bytes.baseAddress, bytes.count, 0)
            }
            guard count > 0 else {
                throw .noAnswer(reason: count == 0 ? "the connection was closed" : HTTPServerError.text(errno: errno))
            }
            head += block.prefix(count)
        }
        let text = String(decoding: head.prefix(12), as: UTF8.self)
        guard text.hasPrefix("HTTP/1."), let status = Int(text.suffix(3)) else { throw .notHTTP }
        return status
    }

    private static func connected(to host: String, port: UInt16) throws(HTTPProbeError) -> Int32 {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let result = unsafe getaddrinfo(host, "\(port)", &hints, &found)
        guard result == 0, let first = unsafe found else {
            throw .noAnswer(reason: HTTPServerError.text(addressLookup: result))
        }
        defer { unsafe freeaddrinfo(first) }

        let descriptor = unsafe socket(
            first.pointee.ai_family, first.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .noAnswer(reason: HTTPServerError.text(errno: errno)) }
        var limit = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        // On Linux it bounds connect as well.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        guard unsafe connect(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0 else {
            let reason = HTTPServerError.text(errno: errno)
            close(descriptor)
            throw .noAnswer(reason: reason)
        }
        return descriptor
    }
}
