internal import Crypto
internal import Glibc

/// Asks an HTTP server on this machine for one page, over TLS or not, and looks at nothing but the status.
package enum HTTPProbe {
    package enum Answer: Equatable, Sendable {
        case status(Int)
        /// It speaks TLS, and only with those who show a certificate, which a probe does not.
        case wantsCertificate
    }

    private static let timeoutSeconds = 2

    /// What a GET is answered with, by blocking for at most two seconds at each step.
    ///
    /// The address of all interfaces is asked on the loopback. Over TLS whoever answers is believed: it is this
    /// machine, and nothing is told. So any version of TLS will do.
    package static func ask(for path: String, host: String, port: UInt16) throws(HTTPProbeError) -> Answer {
        let peer =
            switch host {
            case "", "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            default: host
            }
        let name = HTTPServerError.address(host: peer, port: port)
        let request = Array("GET \(path) HTTP/1.1\r\nHost: \(name)\r\nConnection: close\r\n\r\n".utf8)
        do throws(HTTPProbeError) {
            return .status(try plainStatus(request, at: peer, port: port))
        } catch {
            // What speaks TLS hangs up on whoever does not.
            guard error == .hungUp, let answer = try secureAnswer(request, at: peer, port: port) else { throw error }
            return answer
        }
    }

    private static func plainStatus(_ request: [UInt8], at host: String, port: UInt16) throws(HTTPProbeError) -> Int {
        let descriptor = try connected(to: host, port: port)
        defer { close(descriptor) }
        let sent = unsafe request.withUnsafeBytes { bytes in
            unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == request.count else { throw failure(errno) }
        return try status { () throws(HTTPProbeError) in
            var block = [UInt8](repeating: 0, count: 64)
            let count = unsafe block.withUnsafeMutableBytes { bytes in
                unsafe recv(descriptor, bytes.baseAddress, bytes.count, 0)
            }
            guard count != 0, count > 0 || errno != ECONNRESET else { throw .hungUp }
            guard count > 0 else { throw failure(errno) }
            return block.prefix(count)
        }
    }

    /// A socket whose time is over says that it would have had to wait, and one that is connecting that it still is.
    private static func failure(_ code: Int32) -> HTTPProbeError {
        [EAGAIN, EINPROGRESS].contains(code)
            ? .silent(after: .seconds(timeoutSeconds)) : .noAnswer(reason: HTTPServerError.text(errno: code))
    }

    /// Nil where it is no TLS that is spoken there.
    private static func secureAnswer(
        _ request: [UInt8], at host: String, port: UInt16
    ) throws(HTTPProbeError) -> Answer? {
        let descriptor = try connected(to: host, port: port)
        defer { close(descriptor) }
        do throws(TLSError) {
            let settings = TLSSettings(skipsVerification: true, leastVersion: .tls10)
            let session = try TLSSession(on: descriptor, host: host, credentials: TLSCredentials(settings))
            try shakeHands(session, on: descriptor)
            var sent = 0
            while sent < request.count {
                let rest = Array(request[sent...])
                let count = try session.send(rest.span)
                if count == 0 { try wait(for: POLLOUT, on: descriptor) }
                sent += count
            }
            var head: [UInt8] = []
            var block = [UInt8](repeating: 0, count: 64)
            while head.count < statusLength {
                let count = try session.receive(into: &block)
                if count == 0, !session.hasBufferedInput { try wait(for: POLLIN, on: descriptor) }
                head += block.prefix(count)
            }
            return status(in: head).map { .status($0) }
        } catch {
            switch error {
            case .clientCertificateMissing: return .wantsCertificate
            case .notTLS, .hungUpUnanswered: return nil
            case .silent(let time): throw .silent(after: time)
            default: throw .noAnswer(reason: "\(error)")
            }
        }
    }

    private static func shakeHands(_ session: TLSSession, on descriptor: Int32) throws(TLSError) {
        while true {
            switch try session.handshake() {
            case .done: return
            case .needsInput: try wait(for: POLLIN, on: descriptor)
            case .needsOutput: try wait(for: POLLOUT, on: descriptor)
            }
        }
    }

    private static func wait(for events: Int32, on descriptor: Int32) throws(TLSError) {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        guard unsafe poll(&entry, 1, Int32(timeoutSeconds * 1000)) > 0 else {
            throw .silent(after: .seconds(timeoutSeconds))
        }
    }

    /// As far as `HTTP/1.1 200`.
    private static let statusLength = 12

    private static func status(
        readingBy read: () throws(HTTPProbeError) -> ArraySlice<UInt8>
    ) throws(HTTPProbeError) -> Int {
        var head: [UInt8] = []
        while head.count < statusLength { head += try read() }
        guard let status = status(in: head) else { throw .notHTTP }
        return status
    }

    private static func status(in head: [UInt8]) -> Int? {
        let text = String(decoding: head.prefix(statusLength), as: UTF8.self)
        return text.hasPrefix("HTTP/1.") ? Int(text.suffix(3)) : nil
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
            let failure = failure(errno)
            close(descriptor)
            throw failure
        }
        return descriptor
    }
}
