package import Crypto

/// What is wrong in a web configuration alone.
package enum WebConfigFault: Sendable, Equatable {
    case password(BcryptFault)
    /// A name that a client cannot send.
    case userName
    /// The files that were named are of no use.
    case files(TLSError)
    case http2
    case versionsCrossed(least: TLSVersion, greatest: TLSVersion)
    case impliedSuite(TLSCipherSuite)
    case noSuiteOfTLS13
    case authoritiesWithoutRule
    case ruleWithoutAuthorities(ClientCertificateRule)
    case namesWithoutRequirement
    case headerValue([String])
    case noBurst
    case noInterval
}

extension WebConfigFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .password(let fault): fault.description
        case .userName: "not the name of a user: it is empty, or a colon or a control character is in it"
        case .files(let error): error.description
        case .http2: "weir speaks HTTP/1.1 only, which clients fall back to by themselves; leave it out, or say false"
        case .versionsCrossed(let least, let greatest): "\(greatest) is below min_version, \(least)"
        case .impliedSuite(let suite):
            "GnuTLS chooses ciphers and key exchanges apart, so that these imply \(suite.name); add it, or leave one out"
        case .noSuiteOfTLS13: "none of them has a cipher of TLS 1.3; add one, or give max_version: TLS12"
        case .authoritiesWithoutRule:
            "authorities for clients' certificates, and none is asked for; give client_auth_type: RequireAndVerifyClientCert"
        case .ruleWithoutAuthorities(let rule):
            "\(rule.rawValue) verifies certificates, and there is nobody to believe; give client_ca_file or client_ca"
        case .namesWithoutRequirement:
            "a client may come without a certificate; give client_auth_type: RequireAndVerifyClientCert "
                + "(or RequireAnyClientCert, which verifies nothing)"
        case .headerValue(let choices): "the value may be \(choices.joined(separator: " or "))"
        case .noBurst: "missing; how many requests may come at once, at least 1"
        case .noInterval: "missing; the time between two requests, such as 100ms"
        }
    }
}
