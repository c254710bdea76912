/// What a server wants of its clients' certificates, by the names that Go gives these.
package enum ClientCertificateRule: String, CaseIterable, Sendable {
    case none = "NoClientCert"
    case request = "RequestClientCert"
    case requireAny = "RequireAnyClientCert"
    case verifyIfGiven = "VerifyClientCertIfGiven"
    case requireAndVerify = "RequireAndVerifyClientCert"

    package var requires: Bool { self == .requireAny || self == .requireAndVerify }
    package var verifies: Bool { self == .verifyIfGiven || self == .requireAndVerify }
}
