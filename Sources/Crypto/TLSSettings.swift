/// How a server is spoken to over TLS, and whom to believe.
package struct TLSSettings: Hashable, Sendable {
    /// A file of the authorities that are believed, in PEM; nil: the system's.
    package var caFile: String?
    /// A file of the certificate that weir shows, and of those between it and its authority, in PEM.
    package var certificateFile: String?
    /// A file of that certificate's key, in PEM and without a password; nil: it is in `certificateFile`.
    package var keyFile: String?
    /// The name that the server is asked for and that its certificate has to be for; nil: the host's.
    package var serverName: String?
    /// Whoever answers is believed.
    package var skipsVerification: Bool
    /// TLS 1.0 and 1.1 protect nothing from whoever listens.
    package var leastVersion: TLSVersion

    package init(
        caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil, serverName: String? = nil,
        skipsVerification: Bool = false, leastVersion: TLSVersion = .tls12
    ) {
        self.caFile = caFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.serverName = serverName
        self.skipsVerification = skipsVerification
        self.leastVersion = leastVersion
    }
}
