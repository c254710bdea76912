internal import Crypto
internal import Platform
package import RedisClient

/// How the servers of a test's cluster, or its sentinels, are spoken to, by clients and by each other.
package struct TestAccess: Sendable {
    /// With the certificate `server` in it, they speak TLS, and a plain port is only for the test itself.
    package var certificates: TestCertificates?
    /// Of the default user.
    package var password: String?

    package init(certificates: TestCertificates? = nil, password: String? = nil) {
        self.certificates = certificates
        self.password = password
    }

    /// What a client needs.
    package var access: RedisAccess {
        RedisAccess(password: password.map { .secret(Secret(Array($0.utf8))) }, tls: tls)
    }

    var tls: TLSSettings? { certificates.map { TLSSettings(caFile: $0.authority) } }

    /// The scheme of a URL: `redis+cluster`, `rediss+cluster`.
    func scheme(_ kind: String) -> String { certificates == nil ? "redis+\(kind)" : "rediss+\(kind)" }
}
