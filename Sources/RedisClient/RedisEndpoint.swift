package import Crypto
package import Platform

/// Where one Redis listens, and as whom and on which database to speak to it.
package struct RedisEndpoint: Hashable, Sendable {
    package enum Address: Hashable, Sendable {
        case tcp(host: String, port: UInt16)
        case unix(path: String)
    }

    package var address: Address
    /// The ACL user; nil is `default`, and before Redis 6.0 the only one.
    package var username: String?
    package var password: Secret?
    package var database: Int
    /// Nil: in plain text.
    package var tls: TLSSettings?

    package init(
        address: Address, username: String? = nil, password: Secret? = nil, database: Int = 0, tls: TLSSettings? = nil
    ) {
        self.address = address
        self.username = username
        self.password = password
        self.database = database
        self.tls = tls
    }

    /// Whose certificate is expected, where the settings of TLS do not say: whoever has the socket is on this machine.
    var host: String {
        switch address {
        case .tcp(let host, _): host
        case .unix: "localhost"
        }
    }

    /// `host:port` or the socket's path: the `node` label, and the name in messages.
    ///
    /// Never holds a credential.
    package var node: String {
        switch address {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): path
        }
    }
}
