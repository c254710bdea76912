import CGnuTLS

/// The authorities to believe and the certificate to show, read from their files; several sessions may share them.
///
/// Files that have changed are found by reading them again: weir does so for each connection.
package final class TLSCredentials {
    let settings: TLSSettings
    private let store: CertificateStore

    /// Authorities are read only where the server's certificate is verified, the system's only where no file is named.
    package init(_ settings: TLSSettings) throws(TLSError) {
        self.settings = settings
        store = try CertificateStore()
        if !settings.skipsVerification {
            if let file = settings.caFile { try store.believe(.file(file)) } else { try store.believeSystem() }
        }
        if let file = settings.certificateFile {
            try store.show(.file(file), key: .file(settings.keyFile ?? file))
        }
    }

    var hasCertificate: Bool { settings.certificateFile != nil }

    /// Lets the session use them: they have to live until it ends, or clears its credentials.
    func attach(to session: gnutls_session_t) {
        unsafe store.attach(to: session)
    }
}
