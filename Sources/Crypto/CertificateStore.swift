import CGnuTLS

/// GnuTLS' credentials: the authorities to believe, and the certificate to show with its key.
///
/// Unchecked: once filled they are only read, which sessions on several threads may do at once.
@safe final class CertificateStore: @unchecked Sendable {
    private let credentials: gnutls_certificate_credentials_t

    init() throws(TLSError) {
        var allocated: gnutls_certificate_credentials_t?
        let code = unsafe gnutls_certificate_allocate_credentials(&allocated)
        guard let allocated = unsafe allocated else { throw .failed(gnutlsMessage(code)) }
        unsafe credentials = unsafe allocated
    }

    deinit {
        unsafe gnutls_certificate_free_credentials(credentials)
    }

    /// Lets the session use them: they have to live until it ends, or clears its credentials.
    func attach(to session: gnutls_session_t) {
        unsafe gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials))
    }

    func believeSystem() throws(TLSError) {
        guard unsafe gnutls_certificate_set_x509_system_trust(credentials) > 0 else { throw .noSystemAuthorities }
    }

    func believe(_ authorities: TLSMaterial) throws(TLSError) {
        var contents = try authorities.read()
        let count = unsafe withDatum(&contents) { authorities in
            unsafe gnutls_certificate_set_x509_trust_mem(credentials, &authorities, GNUTLS_X509_FMT_PEM)
        }
        guard count > 0 else {
            throw .invalidFile(path: authorities.name, lacks: "certificate", reason: gnutlsMessage(count))
        }
    }

    func show(_ certificate: TLSMaterial, key: TLSMaterial) throws(TLSError) {
        var (certificateBytes, keyBytes) = (try certificate.read(), try key.read())
        // Alone first: of the two together it is not said which is at fault, and for a malformed certificate GnuTLS 3.7
        // keeps memory for ever.
        let certificateCode = Self.check(certificate: &certificateBytes)
        guard certificateCode >= 0 else {
            throw .invalidFile(path: certificate.name, lacks: "certificate", reason: gnutlsMessage(certificateCode))
        }
        let keyCode = Self.check(key: &keyBytes)
        guard keyCode == GNUTLS_E_SUCCESS else {
            if keyCode == GNUTLS_E_DECRYPTION_FAILED { throw .encryptedKey(path: key.name) }
            throw .invalidFile(path: key.name, lacks: "private key", reason: gnutlsMessage(keyCode))
        }
        let code = unsafe withDatum(&certificateBytes) { certificate in
            unsafe withDatum(&keyBytes) { key in
                unsafe gnutls_certificate_set_x509_key_mem2(
                    credentials, &certificate, &key, GNUTLS_X509_FMT_PEM, nil, 0)
            }
        }
        guard code >= 0 else {
            if code == GNUTLS_E_CERTIFICATE_KEY_MISMATCH {
                throw .keyMismatch(certificate: certificate.name, key: key.name)
            }
            throw .invalidFile(path: certificate.name, lacks: "certificate", reason: gnutlsMessage(code))
        }
    }

    /// What the shown certificate's key can be used for before TLS 1.3, as `TLSCipherSuite` has it; nil: nothing.
    var keyExchange: String? {
        var key: gnutls_x509_privkey_t?
        guard unsafe gnutls_certificate_get_x509_key(credentials, 0, &key) == GNUTLS_E_SUCCESS else { return nil }
        defer { unsafe gnutls_x509_privkey_deinit(key) }
        switch unsafe gnutls_pk_algorithm_t(UInt32(gnutls_x509_privkey_get_pk_algorithm(key))) {
        case GNUTLS_PK_RSA, GNUTLS_PK_RSA_PSS: return "ECDHE-RSA"
        case GNUTLS_PK_ECDSA, GNUTLS_PK_EDDSA_ED25519, GNUTLS_PK_EDDSA_ED448: return "ECDHE-ECDSA"
        default: return nil
        }
    }

    private static func check(certificate: inout [UInt8]) -> Int32 {
        var certificates: UnsafeMutablePointer<gnutls_x509_crt_t?>?
        var count: UInt32 = 0
        let code = unsafe withDatum(&certificate) { certificate in
            unsafe gnutls_x509_crt_list_import2(&certificates, &count, &certificate, GNUTLS_X509_FMT_PEM, 0)
        }
        guard code >= 0 else { return code }
        for index in 0..<Int(count) { unsafe gnutls_x509_crt_deinit(certificates?[index]) }
        unsafe weir_gnutls_free(certificates)
        return code
    }

    private static func check(key: inout [UInt8]) -> Int32 {
        var imported: gnutls_x509_privkey_t?
        let code = unsafe gnutls_x509_privkey_init(&imported)
        guard let imported = unsafe imported else { return code }
        defer { unsafe gnutls_x509_privkey_deinit(imported) }
        return unsafe withDatum(&key) { key in
            unsafe gnutls_x509_privkey_import2(imported, &key, GNUTLS_X509_FMT_PEM, nil, 0)
        }
    }
}

/// Shows GnuTLS the bytes, for the time of the call.
private func withDatum(_ bytes: inout [UInt8], _ body: (inout gnutls_datum_t) -> Int32) -> Int32 {
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
        var datum = unsafe gnutls_datum_t(data: buffer.baseAddress, size: UInt32(buffer.count))
        return unsafe body(&datum)
    }
}

/// What GnuTLS says of one of its error codes.
func gnutlsMessage(_ code: Int32) -> String {
    let text = unsafe gnutls_strerror(code)
    return unsafe text.map { unsafe String(cString: $0) } ?? "GnuTLS' error \(code)"
}
