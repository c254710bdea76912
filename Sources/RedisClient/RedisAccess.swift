package import Crypto

/// As whom, on which database and over what to speak to a Redis, wherever it listens.
package struct RedisAccess: Hashable, Sendable {
    /// The ACL user; nil is `default`, and before Redis 6.0 the only one.
    package var username: String?
    package var password: RedisPassword?
    package var database: Int
    /// Nil: in plain text.
    package var tls: TLSSettings?

    package init(username: String? = nil, password: RedisPassword? = nil, database: Int = 0, tls: TLSSettings? = nil) {
        self.username = username
        self.password = password
        self.database = database
        self.tls = tls
    }

    /// Whether the server has to prove who it is.
    package var verifiesServer: Bool { tls.map { !$0.skipsVerification } ?? false }
}
