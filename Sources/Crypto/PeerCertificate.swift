import CGnuTLS
import Glibc

/// A certificate that the other side has sent, as far as messages and lists of names are about it.
@safe final class PeerCertificate {
    /// Names in a message: some certificates are for hundreds.
    private static let nameLimit = 5
    private let certificate: gnutls_x509_crt_t

    /// What the other side has sent, its own first; those that cannot be read are left out.
    static func chain(of session: gnutls_session_t) -> [PeerCertificate] {
        var count: UInt32 = 0
        let first = unsafe gnutls_certificate_get_peers(session, &count)
        return unsafe UnsafeBufferPointer(start: first, count: Int(count)).compactMap { unsafe PeerCertificate($0) }
    }

    private init?(_ bytes: gnutls_datum_t) {
        var imported: gnutls_x509_crt_t?
        guard unsafe gnutls_x509_crt_init(&imported) == GNUTLS_E_SUCCESS, let imported = unsafe imported else {
            return nil
        }
        var bytes = unsafe bytes
        guard unsafe gnutls_x509_crt_import(imported, &bytes, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS else {
            unsafe gnutls_x509_crt_deinit(imported)
            return nil
        }
        unsafe certificate = unsafe imported
    }

    deinit {
        unsafe gnutls_x509_crt_deinit(certificate)
    }

    /// In seconds since the Unix epoch.
    var expiry: Int { unsafe gnutls_x509_crt_get_expiration_time(certificate) }
    /// In seconds since the Unix epoch.
    var activation: Int { unsafe gnutls_x509_crt_get_activation_time(certificate) }

    /// Such as `CN=Example CA,O=Example`.
    var issuer: String {
        let (code, text) = unsafe Self.text { buffer, size in
            unsafe gnutls_x509_crt_get_issuer_dn(certificate, buffer, &size)
        }
        return code < 0 ? "an unnamed authority" : String(shown: text.prefix { $0 != 0 })
    }

    /// The hosts that it is for, the first few of them, as names and addresses.
    var names: [String] {
        var names: [String] = []
        forEachName { type, bytes in
            switch type {
            case GNUTLS_SAN_DNSNAME: names.append(String(shown: bytes.prefix { $0 != 0 }))
            case GNUTLS_SAN_IPADDRESS: names.append(Self.address(bytes))
            default: break
            }
            return names.count <= Self.nameLimit
        }
        if names.count > Self.nameLimit { return names.dropLast() + ["others"] }
        return names.isEmpty ? commonName.map { [$0] } ?? [] : names
    }

    /// All names that it is for, of hosts, addresses, mailboxes and URIs, whole and as they are.
    var alternativeNames: [String] {
        var names: [String] = []
        forEachName { type, bytes in
            switch type {
            case GNUTLS_SAN_DNSNAME, GNUTLS_SAN_RFC822NAME, GNUTLS_SAN_URI:
                // A name that only begins as another one, up to a NUL, is not that one.
                names.append(String(decoding: bytes, as: UTF8.self))
            case GNUTLS_SAN_IPADDRESS: names.append(Self.address(bytes))
            default: break
            }
            return true
        }
        return names
    }

    /// Gives each alternative name of at most 1 KiB, until it is told that it is enough.
    private func forEachName(_ body: (gnutls_x509_subject_alt_name_t, ArraySlice<UInt8>) -> Bool) {
        for index in 0... {
            let (type, bytes) = unsafe Self.text { buffer, size in
                unsafe gnutls_x509_crt_get_subject_alt_name(certificate, UInt32(index), buffer, &size, nil)
            }
            // One that is too long is left out.
            if type == GNUTLS_E_SHORT_MEMORY_BUFFER { continue }
            guard type >= 0, body(gnutls_x509_subject_alt_name_t(rawValue: UInt32(type)), bytes) else { return }
        }
    }

    /// What counts where there are no other names.
    private var commonName: String? {
        let (code, text) = unsafe Self.text { buffer, size in
            unsafe gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, buffer, &size)
        }
        return code < 0 ? nil : String(shown: text.prefix { $0 != 0 })
    }

    private static func text(
        _ get: (UnsafeMutablePointer<CChar>?, inout Int) -> Int32
    ) -> (code: Int32, bytes: ArraySlice<UInt8>) {
        var bytes = [UInt8](repeating: 0, count: 1024)
        var size = bytes.count
        let code = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe get(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), &size)
        }
        return (code, bytes.prefix(size))
    }

    private static func address(_ bytes: ArraySlice<UInt8>) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard bytes.count == 4 || bytes.count == 16 else { return "an invalid address" }
        unsafe bytes.withUnsafeBytes { bytes in
            _ = unsafe inet_ntop(family, bytes.baseAddress, &text, socklen_t(text.count))
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension String {
    /// Text that a stranger has written, as one line of a message may show it.
    fileprivate init(shown bytes: ArraySlice<UInt8>) {
        var scalars = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix(100) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: scalars.append("?")
            default: scalars.append(scalar)
            }
        }
        self.init(scalars)
    }
}
