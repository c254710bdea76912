import CGnuTLS
import Glibc

/// What a server's certificate has to be for: a host's name or address, and servers.
///
/// GnuTLS keeps the pointers that it is given, and reads them in the handshake.
@safe struct ExpectedPeer: ~Copyable {
    private let name: UnsafeMutablePointer<CChar>?
    private let purpose: UnsafeMutablePointer<CChar>?
    private let demands: UnsafeMutablePointer<gnutls_typed_vdata_st>

    init(name: String) {
        unsafe self.name = unsafe strdup(name)
        unsafe purpose = unsafe strdup(GNUTLS_KP_TLS_WWW_SERVER)
        unsafe demands = .allocate(capacity: 2)
        unsafe demands.initialize(to: Self.demand(GNUTLS_DT_DNS_HOSTNAME, self.name))
        unsafe (demands + 1).initialize(to: Self.demand(GNUTLS_DT_KEY_PURPOSE_OID, purpose))
    }

    deinit {
        unsafe demands.deallocate()
        unsafe free(name)
        unsafe free(purpose)
    }

    /// From now on the session's handshake verifies; this has to live as long as the session.
    func demand(of session: gnutls_session_t) {
        unsafe gnutls_session_set_verify_cert2(session, demands, 2, 0)
    }

    private static func demand(
        _ type: gnutls_vdata_types_t, _ text: UnsafeMutablePointer<CChar>?
    ) -> gnutls_typed_vdata_st {
        let data = unsafe UnsafeMutableRawPointer(text)?.assumingMemoryBound(to: UInt8.self)
        // A size of 0: it ends with NUL.
        return unsafe gnutls_typed_vdata_st(type: type, data: data, size: 0)
    }
}
