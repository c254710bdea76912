package import Crypto
package import RedisClient

/// A real server that speaks TLS on a port of its own.
package final class TLSRedis: Sendable {
    /// Those whose TLS differs: the oldest that has it, with OpenSSL 1.1, up to the newest.
    package static let programs = ServerProgram.all.filter {
        ["system", "redis-6.0", "redis-7.0", "redis-8.0", "valkey-9.1"].contains($0.name)
    }

    package let server: RedisServer
    package let port: UInt16
    private let certificates: TestCertificates

    /// `certificate` is the name of one that `certificates` has made; with `mutual`, clients have to show one too,
    /// of an authority in its file `trusting`.
    package init(
        _ certificates: TestCertificates, certificate: String = "server", mutual: Bool = false,
        trusting authorities: String = "authority.pem", protocols: String? = nil, program: ServerProgram = .system
    ) async throws {
        self.certificates = certificates
        let port = try LoopbackListener.unusedPort()
        self.port = port
        var arguments = Self.arguments(
            port: port, certificates, certificate: certificate, mutual: mutual, trusting: authorities)
        if let protocols {
            // OpenSSL 3 has no TLS 1.1 at its usual level.
            arguments += ["--tls-protocols", protocols, "--tls-ciphers", "DEFAULT:@SECLEVEL=0"]
        }
        server = try await RedisServer(arguments, program: program.command)
    }

    /// What has a server speak TLS on that port.
    static func arguments(
        port: UInt16, _ certificates: TestCertificates, certificate: String = "server", mutual: Bool = false,
        trusting authorities: String = "authority.pem"
    ) -> [String] {
        [
            "--tls-port", "\(port)", "--tls-cert-file", certificates.path("\(certificate).crt"), "--tls-key-file",
            certificates.path("\(certificate).key"), "--tls-ca-cert-file", certificates.path(authorities),
            "--tls-auth-clients", mutual ? "yes" : "no",
        ]
    }

    package func endpoint(host: String = "localhost", _ settings: TLSSettings) -> RedisEndpoint {
        RedisEndpoint(address: .tcp(host: host, port: port), tls: settings)
    }

    /// Such as `rediss://localhost:6380`.
    package func url(host: String = "localhost") -> String { "rediss://\(host):\(port)" }

    /// Its own authority is trusted.
    package var endpoint: RedisEndpoint { endpoint(TLSSettings(caFile: certificates.authority)) }
}
