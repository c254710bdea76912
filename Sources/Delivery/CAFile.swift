import Platform

/// A file of certificates, as `ca_file` names it.
enum CAFile {
    /// Whether there is anything in it to trust: GnuTLS takes a file without certificates for one that trusts nobody.
    static func hasCertificates(_ path: String) -> Bool {
        let contents = (try? OwnedDescriptor(reading: path).read(limit: 16 * 1024 * 1024)) ?? []
        return contents.split(separator: UInt8(ascii: "\n")).contains { line in
            // BEGIN CERTIFICATE, BEGIN X509 CERTIFICATE.
            line.starts(with: "-----BEGIN ".utf8)
        }
    }
}
