/// A cipher suite that Go holds to be safe, by its name in the registry, which Go uses.
package struct TLSCipherSuite: Hashable, Sendable {
    package let name: String
    /// As GnuTLS' priority strings have it; nil: TLS 1.3, where it is agreed upon by itself.
    let keyExchange: String?
    let cipher: String
    let mac: String

    package static let all: [TLSCipherSuite] = {
        let ciphers = [
            ("AES_128_GCM_SHA256", "AES-128-GCM", "AEAD"), ("AES_256_GCM_SHA384", "AES-256-GCM", "AEAD"),
            ("CHACHA20_POLY1305_SHA256", "CHACHA20-POLY1305", "AEAD"), ("AES_128_CBC_SHA", "AES-128-CBC", "SHA1"),
            ("AES_256_CBC_SHA", "AES-256-CBC", "SHA1"),
        ]
        var suites = ciphers.prefix(3).map { name, cipher, mac in
            TLSCipherSuite(name: "TLS_\(name)", keyExchange: nil, cipher: cipher, mac: mac)
        }
        for keyExchange in ["ECDHE-ECDSA", "ECDHE-RSA"] {
            let prefix = keyExchange == "ECDHE-RSA" ? "TLS_ECDHE_RSA_WITH_" : "TLS_ECDHE_ECDSA_WITH_"
            suites += ciphers.map { name, cipher, mac in
                TLSCipherSuite(name: prefix + name, keyExchange: keyExchange, cipher: cipher, mac: mac)
            }
        }
        return suites
    }()

    package static func named(_ name: String) -> TLSCipherSuite? {
        all.first { $0.name == name }
    }

    /// A suite of TLS 1.2 that GnuTLS would take as well, though it is not among these; nil where there is none.
    ///
    /// GnuTLS is told key exchanges and ciphers apart.
    package static func implied(by suites: [TLSCipherSuite]) -> TLSCipherSuite? {
        let (ciphers, exchanges) = (Set(suites.map(\.cipher)), Set(suites.compactMap(\.keyExchange)))
        return all.first { suite in
            guard let keyExchange = suite.keyExchange, !suites.contains(suite) else { return false }
            return exchanges.contains(keyExchange) && ciphers.contains(suite.cipher)
        }
    }

    /// Whether its cipher is one of TLS 1.3.
    package var isForTLS13: Bool { mac == "AEAD" }
}

extension TLSCipherSuite: CustomStringConvertible {
    package var description: String { name }
}
