package import Platform

/// Why there is no TLS session, or why it has ended.
package enum TLSError: Error, Equatable, Sendable {
    case unreadableFile(path: String, SystemError)
    /// What was looked for in vain, and GnuTLS' words about it.
    case invalidFile(path: String, lacks: String, reason: String)
    case encryptedKey(path: String)
    case keyMismatch(certificate: String, key: String)
    /// None of the suites that are named goes with the certificate's key and the versions; these do.
    case noUsableSuite(meant: [TLSCipherSuite])
    case noSystemAuthorities
    case invalidServerName(String)

    case untrusted([CertificateFault])
    /// The server speaks neither TLS 1.2 nor 1.3.
    case noCommonVersion
    /// The server has sent what is no TLS.
    case notTLS
    /// Not one byte of a handshake has come.
    case silent(after: Duration)
    /// The server has hung up in the handshake, before it said anything.
    case hungUpUnanswered
    /// The server has hung up in the handshake, or after it before it answered anything.
    case hungUp(afterHandshake: Bool)
    case refused(TLSAlert)
    /// The server asks for a client certificate, and there is none.
    case clientCertificateMissing
    /// The server has hung up on the client certificate, with an alert or without a word.
    case clientCertificateRejected(TLSAlert?)

    /// The server has closed a session that was in use.
    case closed
    case broken(SystemError)
    /// Anything else, in GnuTLS' words.
    case failed(String)
}

extension TLSError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadableFile(let path, let error): "\(path) cannot be read: \(error)"
        case .invalidFile(let path, let lacks, let reason): "\(path) has no \(lacks) in PEM: \(reason)"
        case .encryptedKey(let path): "the key in \(path) is encrypted with a password"
        case .keyMismatch(let certificate, let key):
            "the key in \(key) is not that of the certificate in \(certificate)"
        case .noUsableSuite(let meant):
            "nobody could connect: none of the cipher suites goes with the certificate's key and the versions of TLS; "
                + "name one of \(meant.map(\.name).joined(separator: ", "))"
        case .noSystemAuthorities: "the system has no file of trusted authorities, and no other file is named"
        case .invalidServerName(let name): "\(name) cannot be a server's name"
        case .untrusted(let faults):
            "the server's certificate is not trusted: \(faults.map(\.description).joined(separator: "; "))"
        case .noCommonVersion: "the server speaks neither TLS 1.2 nor TLS 1.3"
        case .notTLS: "the server does not speak TLS on this port"
        case .silent(let timeout):
            "no answer to the handshake within \(timeout): the server does not speak TLS on this port, or hangs"
        case .hungUpUnanswered:
            "the server closed the connection at the start of the handshake: it may not speak TLS on this port, or take no more clients"
        case .hungUp(afterHandshake: false): "the server closed the connection in the middle of the handshake"
        case .hungUp(afterHandshake: true): "the server closed the connection right after the handshake"
        case .refused(let alert): "the server ended the session with the alert \"\(alert)\""
        case .clientCertificateMissing: "the server asks for a client certificate, and none is configured"
        case .clientCertificateRejected(let alert?):
            "the server does not accept the client certificate: it sent the alert \"\(alert)\""
        case .clientCertificateRejected(nil):
            "the server closed the connection after the handshake: it may not accept the client certificate"
        case .closed: "the server closed the connection"
        case .broken(let error): "the connection broke: \(error)"
        case .failed(let text): text
        }
    }
}
