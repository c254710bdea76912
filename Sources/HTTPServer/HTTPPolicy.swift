package import Crypto

/// Whom a server answers, and how: what may change while it runs.
package struct HTTPPolicy: Sendable {
    /// Nil: plain text.
    package var tls: TLSServerIdentity?
    /// By name; empty: everybody is answered.
    package var users: [String: BcryptHash] = [:]
    /// Paths that want no password and obey no rate limit: for probes.
    package var openPaths: Set<String> = []
    /// Added to every response that has not one of the same name.
    package var headers: [String: String] = [:]
    package var rateLimit: RateLimit?

    package init() {}
}
