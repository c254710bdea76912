import Crypto
import Platform
package import RedisClient

/// Reads the URL of a Redis.
package enum RedisURL {
    private static let usualPort: UInt16 = 6379
    private static let usualSentinelPort: UInt16 = 26379

    /// Reads the URL of one server, of sentinels or of a cluster.
    ///
    /// User, password, name and path are percent-decoded, the hosts are not. It is one of these:
    ///
    /// - `redis://[user[:password]@]host[:port][/db]`
    /// - `redis+sentinel://[user[:password]@]host[:port],…/name[/db]`, user and password being those of the primary
    /// - `redis+cluster://[user[:password]@]host[:port],…[/db]`
    /// - `unix://[user[:password]@]/path[?db=N]`
    ///
    /// `valkey` is the same as `redis`; `rediss` and `valkeys` are for TLS, with the system's authorities, to the
    /// sentinels as well.
    package static func topology(_ text: String) throws(RedisURLFault) -> RedisTopology {
        let parts = try RedisURLParts(text)
        let servers = parts.scheme.servers
        var access = RedisAccess(tls: parts.scheme.isForTLS ? TLSSettings() : nil)
        if let userInfo = parts.userInfo {
            // Of a list, the credentials of a later host would go unnoticed into the password.
            if servers == .sentinels || servers == .cluster, userInfo.contains(UInt8(ascii: "@")) {
                throw .secondUserInfo
            }
            try setUserInfo(userInfo, of: &access)
        }
        if servers != .socket, parts.rest.contains(UInt8(ascii: "@")) { throw .reservedInUserInfo }
        switch servers {
        case .one:
            let address = try address(of: parts.hosts, defaultPort: usualPort)
            access.database = try database(afterHosts: parts.rest)
            return .single(RedisEndpoint(address: address, access: access))
        case .socket:
            guard parts.hosts.isEmpty else { throw .socketPath }
            let (path, database) = try socket(parts.rest)
            access.database = database
            return .single(RedisEndpoint(address: .unix(path: path), access: access))
        case .sentinels:
            let sentinels = try addresses(of: parts.hosts, defaultPort: usualSentinelPort).map {
                RedisEndpoint(address: $0, tls: access.tls)
            }
            let (name, database) = try primary(parts.rest)
            access.database = database
            return .sentinel(SentinelTopology(sentinels: sentinels, primaryName: name, access: access))
        case .cluster:
            let seeds = try addresses(of: parts.hosts, defaultPort: usualPort)
            access.database = try database(afterHosts: parts.rest)
            return .cluster(seeds: seeds, access: access)
        }
    }

    private static func setUserInfo(_ bytes: ArraySlice<UInt8>, of access: inout RedisAccess) throws(RedisURLFault) {
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        let user = try decoded(bytes[..<(colon ?? bytes.endIndex)])
        guard let username = String(validating: user, as: UTF8.self) else { throw .userNotText }
        if !username.isEmpty { access.username = username }
        guard let colon else {
            if username.isEmpty { throw .emptyUserInfo }
            return
        }
        let password = try decoded(bytes[(colon + 1)...])
        guard !password.isEmpty else { throw .emptyPassword }
        access.password = .secret(Secret(password))
    }

    /// Without escapes.
    static func decoded(_ text: ArraySlice<UInt8>) throws(RedisURLFault) -> [UInt8] {
        let (bytes, isWellFormed) = PercentEscapes.decode(text)
        guard isWellFormed else { throw .percentEscape }
        return bytes
    }
}
