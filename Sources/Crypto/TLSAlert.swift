import CGnuTLS

/// What one side of a TLS session tells the other before it hangs up.
package struct TLSAlert: Equatable, Sendable {
    /// The number of RFC 8446, section 6.
    package let code: UInt8

    package init(code: UInt8) {
        self.code = code
    }

    static let handshakeFailure = TLSAlert(code: 40)
    static let badCertificate = TLSAlert(code: 42)
    static let certificateExpired = TLSAlert(code: 45)
    static let unknownAuthority = TLSAlert(code: 48)
    static let protocolVersion = TLSAlert(code: 70)
    static let certificateRequired = TLSAlert(code: 116)

    /// Whether a server may say so that misses a client certificate: each library and version of TLS has its own word.
    var mayMissCertificate: Bool { [40, 41, 42, 116].contains(code) }

    /// Whether a server may say so that does not accept a client certificate.
    var mayRejectCertificate: Bool { (42...49).contains(code) || code == 51 }
}

extension TLSAlert: CustomStringConvertible {
    package var description: String {
        let name = unsafe gnutls_alert_get_name(gnutls_alert_description_t(rawValue: UInt32(code)))
        return unsafe name.map { unsafe String(cString: $0) } ?? "number \(code)"
    }
}
