import CGnuTLS

/// What a server's sessions of TLS need, read from its files; many sessions share them.
///
/// Unchecked: nothing in it changes, and GnuTLS only reads priorities and credentials in use.
@safe package final class TLSServerCredentials: @unchecked Sendable {
    private let settings: TLSServerSettings
    private let store: CertificateStore
    private let priority: gnutls_priority_t

    package init(_ settings: TLSServerSettings) throws(TLSError) {
        let store = try CertificateStore()
        try store.show(settings.certificate, key: settings.key)
        let suites = settings.cipherSuites
        if !suites.isEmpty, let exchange = store.keyExchange {
            guard !settings.usable(suites, keyExchange: exchange).isEmpty else {
                throw .noUsableSuite(meant: settings.usable(TLSCipherSuite.all, keyExchange: exchange))
            }
        }
        if settings.clients.verifies, let authorities = settings.clientAuthorities { try store.believe(authorities) }
        var made: gnutls_priority_t?
        let code = unsafe gnutls_priority_init2(
            &made, settings.priority, nil, UInt32(GNUTLS_PRIORITY_INIT_DEF_APPEND))
        guard code == GNUTLS_E_SUCCESS, let made = unsafe made else { throw .failed(gnutlsMessage(code)) }
        unsafe priority = unsafe made
        self.settings = settings
        self.store = store
    }

    deinit {
        unsafe gnutls_priority_deinit(priority)
    }

    /// Prepares a server's session whose handshake has not begun.
    ///
    /// `session` is a `gnutls_session_t`, by which these have to outlive it. They take the place of what it had.
    package func prepare(_ session: UnsafeMutableRawPointer) {
        let session = OpaquePointer(session)
        unsafe gnutls_priority_set(session, priority)
        unsafe store.attach(to: session)
        guard settings.clients != .none else { return }
        unsafe gnutls_certificate_server_set_request(session, GNUTLS_CERT_REQUEST)
        // The session's own pointer is taken by whoever has made it; this one is for a cache of sessions, and there is
        // none.
        unsafe gnutls_db_set_ptr(session, Unmanaged.passUnretained(self).toOpaque())
        unsafe gnutls_session_set_verify_function(session, verifyClient)
    }

    /// Sends a few bytes over a server's session whose handshake is done; what its socket does not take is lost.
    ///
    /// `session` is a `gnutls_session_t`.
    package static func send(_ bytes: [UInt8], over session: UnsafeMutableRawPointer) {
        unsafe bytes.withUnsafeBytes { bytes in
            _ = unsafe gnutls_record_send(OpaquePointer(session), bytes.baseAddress, bytes.count)
        }
    }

    /// Why the client is not let in; nil: it is.
    fileprivate func refusal(of session: gnutls_session_t) -> TLSAlert? {
        guard let certificate = unsafe PeerCertificate.chain(of: session).first else {
            if !settings.clients.requires { return nil }
            return unsafe gnutls_protocol_get_version(session) == GNUTLS_TLS1_3
                ? .certificateRequired : .handshakeFailure
        }
        if settings.clients.verifies {
            let status = unsafe Self.status(of: session)
            guard status == 0 else { return Self.alert(for: status) }
        }
        if let names = settings.clientNames, !certificate.alternativeNames.contains(where: names.contains) {
            return .badCertificate
        }
        return nil
    }

    /// What is wrong with the client's certificate, as GnuTLS' bits.
    private static func status(of session: gnutls_session_t) -> UInt32 {
        var status = GNUTLS_CERT_INVALID.rawValue
        let code = unsafe GNUTLS_KP_TLS_WWW_CLIENT.withCString { purpose in
            let bytes = unsafe UnsafeMutableRawPointer(mutating: purpose).assumingMemoryBound(to: UInt8.self)
            // A size of 0: it ends with NUL.
            var demand = unsafe gnutls_typed_vdata_st(type: GNUTLS_DT_KEY_PURPOSE_OID, data: bytes, size: 0)
            return unsafe gnutls_certificate_verify_peers(session, &demand, 1, &status)
        }
        return code == GNUTLS_E_SUCCESS ? status : GNUTLS_CERT_INVALID.rawValue
    }

    private static func alert(for status: UInt32) -> TLSAlert {
        func has(_ fault: gnutls_certificate_status_t) -> Bool { status & fault.rawValue != 0 }
        if has(GNUTLS_CERT_SIGNER_NOT_FOUND) { return .unknownAuthority }
        if has(GNUTLS_CERT_EXPIRED) || has(GNUTLS_CERT_NOT_ACTIVATED) { return .certificateExpired }
        return .badCertificate
    }
}

/// GnuTLS' callback in a server's handshake, when the client has shown a certificate or has none.
///
/// What it returns ends the handshake, and libmicrohttpd then hangs up without a word: so the alert is sent here.
private func verifyClient(_ session: gnutls_session_t?) -> Int32 {
    guard let session = unsafe session, let pointer = unsafe gnutls_db_get_ptr(session) else {
        return GNUTLS_E_CERTIFICATE_ERROR
    }
    let credentials = unsafe Unmanaged<TLSServerCredentials>.fromOpaque(pointer).takeUnretainedValue()
    guard let alert = unsafe credentials.refusal(of: session) else { return 0 }
    unsafe gnutls_alert_send(session, GNUTLS_AL_FATAL, gnutls_alert_description_t(rawValue: UInt32(alert.code)))
    return GNUTLS_E_CERTIFICATE_ERROR
}
