import Crypto
import Glibc
import Platform

/// What carries a connection's bytes without ever waiting: the socket alone, or TLS on it.
enum RedisTransport {
    case plain(socket: Int32)
    case tls(TLSSession)

    /// Why it carries no more.
    enum Failure: Error {
        /// The server has hung up; with an error, not in order.
        case ended(SystemError?)
        case tls(TLSError)
    }

    /// The transport on a socket that is connected to `host`; without credentials it is plain.
    init(to host: String, socket: Int32, _ credentials: TLSCredentials?) throws(TLSError) {
        if let credentials {
            self = .tls(try TLSSession(on: socket, host: host, credentials: credentials))
        } else {
            self = .plain(socket: socket)
        }
    }

    var isPlain: Bool {
        if case .plain = self { true } else { false }
    }

    /// Sends the first of the bytes, and says how many; 0: the same bytes have to be sent later.
    func send(_ bytes: Span<UInt8>) throws(Failure) -> Int {
        switch self {
        case .plain(let socket):
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.send(
                    socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            return count >= 0 ? count : try Self.nothingYet(errno)
        case .tls(let session):
            do throws(TLSError) { return try session.send(bytes) } catch { throw Failure(error) }
        }
    }

    /// Fills the buffer's start, and says with how much; 0: nothing has come.
    func receive(into buffer: inout [UInt8]) throws(Failure) -> Int {
        switch self {
        case .plain(let socket):
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe recv(socket, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
            }
            if count == 0 { throw .ended(nil) }
            return count > 0 ? count : try Self.nothingYet(errno)
        case .tls(let session):
            do throws(TLSError) { return try session.receive(into: &buffer) } catch { throw Failure(error) }
        }
    }

    /// Whether there is input of which the socket knows nothing.
    var hasBufferedInput: Bool {
        switch self {
        case .plain: false
        case .tls(let session): session.hasBufferedInput
        }
    }

    /// Tells the server that there will be no more, where it is told.
    func close() {
        if case .tls(let session) = self { session.close() }
    }

    private static func nothingYet(_ code: Int32) throws(Failure) -> Int {
        guard code == EAGAIN || code == EINTR else { throw .ended(SystemError(code: code)) }
        return 0
    }
}

extension RedisTransport.Failure {
    init(_ error: TLSError) {
        self =
            switch error {
            case .closed: .ended(nil)
            case .broken(let error): .ended(error)
            default: .tls(error)
            }
    }
}
