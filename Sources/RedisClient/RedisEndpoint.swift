package import Crypto

/// Where one Redis listens, and as whom and on which database to speak to it.
@dynamicMemberLookup
package struct RedisEndpoint: Hashable, Sendable {
    package enum Address: Hashable, Sendable {
        case tcp(host: String, port: UInt16)
        case unix(path: String)
    }

    package var address: Address
    package var access: RedisAccess

    package init(address: Address, access: RedisAccess) {
        self.address = address
        self.access = access
    }

    package init(
        address: Address, username: String? = nil, password: RedisPassword? = nil, database: Int = 0,
        tls: TLSSettings? = nil
    ) {
        self.init(
            address: address,
            access: RedisAccess(username: username, password: password, database: database, tls: tls))
    }

    package subscript<Value>(dynamicMember path: WritableKeyPath<RedisAccess, Value>) -> Value {
        get { access[keyPath: path] }
        set { access[keyPath: path] = newValue }
    }

    /// Whose certificate is expected, where the settings of TLS do not say: whoever has the socket is on this machine.
    var host: String {
        switch address {
        case .tcp(let host, _): host
        case .unix: "localhost"
        }
    }

    /// The `node` label, and the name in messages.
    package var node: String { address.node }
}

extension RedisEndpoint.Address {
    /// `host:port` or the socket's path.
    package var node: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): path
        }
    }
}
