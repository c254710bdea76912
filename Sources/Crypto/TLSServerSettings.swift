/// How a server speaks TLS, and with whom.
package struct TLSServerSettings: Hashable, Sendable {
    /// Its certificate, and those between it and its authority.
    package var certificate: TLSMaterial
    package var key: TLSMaterial
    package var clients = ClientCertificateRule.none
    /// Who signs the certificates of clients, where these are verified.
    package var clientAuthorities: TLSMaterial?
    /// Alternative names, one of which a client's certificate has to have; nil: any.
    package var clientNames: [String]?
    package var leastVersion = TLSVersion.tls12
    package var greatestVersion = TLSVersion.tls13
    /// Empty: those that GnuTLS holds to be safe, as this system's administrator has it.
    package var cipherSuites: [TLSCipherSuite] = []
    /// Whether the server's order of suites counts, not the client's.
    package var prefersOwnOrder = true
    /// Empty: GnuTLS' own.
    package var curves: [TLSCurve] = []

    package init(certificate: TLSMaterial, key: TLSMaterial) {
        self.certificate = certificate
        self.key = key
    }
}

extension TLSServerSettings {
    /// What is to be added to GnuTLS' default priorities.
    var priority: String {
        var words = TLSVersion.priorities(from: leastVersion, to: greatestVersion)
        if !cipherSuites.isEmpty {
            words += ["-CIPHER-ALL"] + Self.added(cipherSuites.map(\.cipher))
            words += ["-MAC-ALL"] + Self.added(cipherSuites.map(\.mac))
            words += ["-KX-ALL"] + Self.added(cipherSuites.compactMap(\.keyExchange))
        }
        if !curves.isEmpty { words += ["-GROUP-ALL"] + Self.added(curves.map(\.priority)) }
        if prefersOwnOrder { words.append("%SERVER_PRECEDENCE") }
        return words.joined(separator: ":")
    }

    /// Each once, in order.
    private static func added(_ words: [String]) -> [String] {
        var added: [String] = []
        for word in words where !added.contains("+\(word)") { added.append("+\(word)") }
        return added
    }

    /// Those of the suites that a client could agree upon, where the certificate's key is for this exchange.
    ///
    /// GnuTLS agrees upon the version first, and then looks for a suite of it.
    func usable(_ suites: [TLSCipherSuite], keyExchange: String) -> [TLSCipherSuite] {
        suites.filter { suite in
            switch greatestVersion {
            case .tls13: suite.isForTLS13
            case .tls12: suite.keyExchange == keyExchange
            // Those of TLS 1.3 came with TLS 1.2.
            case .tls10, .tls11: suite.keyExchange == keyExchange && !suite.isForTLS13
            }
        }
    }

    /// What tells that a file of them has changed.
    var stamps: [FileStamp?] { [certificate.stamp, key.stamp, clientAuthorities?.stamp] }
}
