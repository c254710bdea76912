import CGnuTLS
import Glibc
import Platform

/// The client's side of TLS on a socket that somebody else owns.
///
/// Nothing here waits: whoever calls does, with poll, and asks for `hasBufferedInput` before.
@safe package final class TLSSession {
    package enum Handshake: Sendable {
        case done
        /// To be called again once the socket has input.
        case needsInput
        /// To be called again once the socket takes output.
        case needsOutput
    }

    /// The most that one record carries.
    private static let recordSize = 16 * 1024

    let session: gnutls_session_t
    let wire: TLSWire
    let host: String
    private let expected: ExpectedPeer
    let settings: TLSSettings
    /// Until the handshake is done: the system's authorities are megabytes.
    private var credentials: TLSCredentials?
    private(set) var isEstablished = false
    /// Whether the server has answered anything, after the handshake.
    private(set) var hasReceived = false

    /// A session whose handshake is to be made.
    ///
    /// The socket has to be connected, and to stay open as long as this is used. `host` is a name or an address.
    package init(on socket: Int32, host: String, credentials: TLSCredentials) throws(TLSError) {
        var opened: gnutls_session_t?
        let code = unsafe gnutls_init(&opened, Self.flags)
        guard let opened = unsafe opened else { throw .failed(gnutlsMessage(code)) }
        unsafe session = unsafe opened
        wire = TLSWire(socket: socket)
        settings = credentials.settings
        // The dot that says that a name is whole is in no certificate.
        let name = settings.serverName ?? host
        self.host = name.hasSuffix(".") ? String(name.dropLast()) : name
        expected = ExpectedPeer(name: self.host)
        self.credentials = credentials
        try prepare(with: credentials)
    }

    deinit {
        unsafe gnutls_deinit(session)
    }

    /// Goes on with the handshake, in which the server's certificate is verified.
    package func handshake() throws(TLSError) -> Handshake {
        let code = unsafe gnutls_handshake(session)
        if code == GNUTLS_E_SUCCESS {
            isEstablished = true
            unsafe gnutls_credentials_clear(session)
            credentials = nil
            return .done
        }
        // GnuTLS' errors for what is no TLS also mean other things, and it waits for more of it first.
        guard TLSRecord.canBegin(with: wire.firstBytes[...]) else { throw .notTLS }
        guard gnutls_error_is_fatal(code) == 0 else {
            let error = failure(code)
            // For the server's log; where it is gone already nothing comes of it.
            _ = unsafe gnutls_alert_send_appropriate(session, code)
            throw error
        }
        return unsafe gnutls_record_get_direction(session) == 1 ? .needsOutput : .needsInput
    }

    /// Sends the first of the bytes, and says how many; 0: the socket takes none now.
    ///
    /// After 0 it has to be called with the same bytes again, of which GnuTLS may have taken some already.
    package func send(_ bytes: Span<UInt8>) throws(TLSError) -> Int {
        let count = unsafe bytes.withUnsafeBytes { bytes in
            unsafe gnutls_record_send(session, bytes.baseAddress, min(bytes.count, Self.recordSize))
        }
        if count >= 0 { return count }
        guard gnutls_error_is_fatal(Int32(count)) != 0 else { return 0 }
        let error = failure(Int32(count))
        throw lastWord() ?? error
    }

    /// Fills the buffer's start with what has come, and says how much; 0: nothing now.
    package func receive(into buffer: inout [UInt8]) throws(TLSError) -> Int {
        let count = unsafe buffer.withUnsafeMutableBytes { buffer in
            unsafe gnutls_record_recv(session, buffer.baseAddress, buffer.count)
        }
        if count > 0 {
            hasReceived = true
            return count
        }
        if count == 0 { throw ending(nil) }
        // AGAIN, INTERRUPTED; also a warning, or a wish to shake hands again, which is not granted.
        guard gnutls_error_is_fatal(Int32(count)) != 0 else { return 0 }
        throw failure(Int32(count))
    }

    /// Whether any byte has come.
    package var hasHeard: Bool { !wire.firstBytes.isEmpty }

    /// Whether there is input that poll does not see, because GnuTLS has taken it from the socket.
    package var hasBufferedInput: Bool { unsafe gnutls_record_check_pending(session) > 0 }

    /// Says good-bye to the server, if the socket takes it at once.
    package func close() {
        if isEstablished { _ = unsafe gnutls_bye(session, GNUTLS_SHUT_WR) }
    }

    /// No tickets, for no session is resumed.
    ///
    /// The one certificate is sent to whoever asks for any: a server that does not accept it says more than one that
    /// gets none.
    private static let flags: UInt32 = {
        let flags: [gnutls_init_flags_t] = [
            GNUTLS_CLIENT, GNUTLS_NONBLOCK, GNUTLS_NO_SIGNAL, GNUTLS_NO_TICKETS, GNUTLS_FORCE_CLIENT_CERT,
        ]
        return flags.reduce(0) { $0 | $1.rawValue }
    }()

    private func prepare(with credentials: TLSCredentials) throws(TLSError) {
        // What the machine's administrator prefers, if anything, and of the versions only these.
        let versions = TLSVersion.priorities(from: settings.leastVersion, to: .tls13).joined(separator: ":")
        let code = unsafe gnutls_set_default_priority_append(session, versions, nil, 0)
        guard code == GNUTLS_E_SUCCESS else { throw .failed(gnutlsMessage(code)) }
        unsafe credentials.attach(to: session)
        if !settings.skipsVerification { unsafe expected.demand(of: session) }
        if !Self.isAddress(host) {
            guard unsafe gnutls_server_name_set(session, GNUTLS_NAME_DNS, host, host.utf8.count) == GNUTLS_E_SUCCESS
            else { throw .invalidServerName(host) }
        }
        unsafe wire.attach(to: session)
    }

    private static func isAddress(_ host: String) -> Bool {
        var address = in6_addr()
        return unsafe inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1
    }

    /// The alert by which a server that has hung up has said why: it came before the end did, and is still to be read.
    private func lastWord() -> TLSError? {
        var rest = [UInt8](repeating: 0, count: Self.recordSize)
        do throws(TLSError) {
            while try receive(into: &rest) > 0 {}
            return nil
        } catch {
            switch error {
            case .refused, .clientCertificateMissing, .clientCertificateRejected: return error
            default: return nil
            }
        }
    }
}
