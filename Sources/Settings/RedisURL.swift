import Crypto
import Platform
package import RedisClient

/// Reads the URL of a Redis.
package enum RedisURL {
    /// Reads `redis://` or `valkey://`, or for TLS `rediss://` or `valkeys://`, and
    /// `[user[:password]@]host[:port][/db]`; or `unix://` and `[user[:password]@]/path[?db=N]`.
    ///
    /// User, password and path are percent-decoded, the host is not. TLS is with the system's authorities.
    package static func endpoint(_ text: String) throws(RedisURLFault) -> RedisEndpoint {
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { throw .strayCharacter }
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: Array("://".utf8)),
            isScheme(bytes[..<colon])
        else { throw .noScheme }
        let scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
        let transport = try transport(scheme)
        let rest = bytes[(colon + 3)...]
        let end = rest.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
        var endpoint = RedisEndpoint(address: .unix(path: ""), tls: transport == .tls ? TLSSettings() : nil)
        var authority = rest[..<end]
        // The last @: an unescaped one in a password harms nothing, as a host has none.
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            try setUserInfo(authority[..<at], of: &endpoint)
            authority = authority[(at + 1)...]
        }
        if transport == .socket {
            guard authority.isEmpty else { throw .socketPath }
            try setSocket(rest[end...], of: &endpoint)
        } else {
            if rest[end...].contains(UInt8(ascii: "@")) { throw .reservedInUserInfo }
            endpoint.address = try address(authority)
            endpoint.database = try database(afterAuthority: rest[end...])
        }
        return endpoint
    }

    /// Whether that is a URL of a cluster, right or wrong.
    static func isCluster(_ text: String) -> Bool {
        guard let end = text.firstRange(of: "://")?.lowerBound else { return false }
        return ["redis", "rediss", "valkey", "valkeys"].map { $0 + "+cluster" }.contains(text[..<end].lowercased())
    }

    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private enum Transport {
        case plain
        case tls
        case socket
    }

    private static func transport(_ scheme: String) throws(RedisURLFault) -> Transport {
        switch scheme {
        case "redis", "valkey": return .plain
        case "rediss", "valkeys": return .tls
        case "unix": return .socket
        case "redis+sentinel", "rediss+sentinel", "valkey+sentinel", "valkeys+sentinel": throw .sentinel
        case "redis+cluster", "rediss+cluster", "valkey+cluster", "valkeys+cluster": throw .cluster
        default: throw .unknownScheme
        }
    }

    private static func setUserInfo(
        _ bytes: ArraySlice<UInt8>, of endpoint: inout RedisEndpoint
    ) throws(RedisURLFault) {
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        let user = try percentDecoded(bytes[..<(colon ?? bytes.endIndex)])
        guard let username = String(validating: user, as: UTF8.self) else { throw .userNotText }
        if !username.isEmpty { endpoint.username = username }
        guard let colon else {
            if username.isEmpty { throw .emptyUserInfo }
            return
        }
        let password = try percentDecoded(bytes[(colon + 1)...])
        guard !password.isEmpty else { throw .emptyPassword }
        endpoint.password = .secret(Secret(password))
    }

    private static func address(_ authority: ArraySlice<UInt8>) throws(RedisURLFault) -> RedisEndpoint.Address {
        let text = String(decoding: authority, as: UTF8.self)
        guard !text.isEmpty else { throw .emptyHost }
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else { throw .bracket }
            let host = String(text[text.index(after: text.startIndex)..<bracket])
            guard HostText.isIPv6(host) else { throw .bracket }
            return .tcp(host: host, port: try port(text[text.index(after: bracket)...]))
        }
        if HostText.isIPv6(text) { throw .bareIPv6 }
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        let host = String(text[..<colon])
        guard !host.isEmpty else { throw .emptyHost }
        guard HostText.isNameOrIPv4(host) else { throw .host }
        return .tcp(host: host, port: try port(text[colon...]))
    }

    /// Reads what follows the host: nothing, or `:port`.
    private static func port(_ text: Substring) throws(RedisURLFault) -> UInt16 {
        if text.isEmpty { return 6379 }
        guard text.hasPrefix(":"), let port = HostText.port(text.dropFirst()), port > 0 else { throw .port }
        return port
    }

    private static func database(afterAuthority rest: ArraySlice<UInt8>) throws(RedisURLFault) -> Int {
        if rest.contains(UInt8(ascii: "#")) { throw .fragment }
        if rest.contains(UInt8(ascii: "?")) { throw .query }
        return rest.count <= 1 ? 0 : try database(rest.dropFirst())
    }

    private static func database(_ digits: ArraySlice<UInt8>) throws(RedisURLFault) -> Int {
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(String(decoding: digits, as: UTF8.self)), number <= 1_000_000
        else { throw .database }
        return number
    }

    private static func setSocket(_ rest: ArraySlice<UInt8>, of endpoint: inout RedisEndpoint) throws(RedisURLFault) {
        if rest.contains(UInt8(ascii: "#")) { throw .fragment }
        let question = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        let path = try percentDecoded(rest[..<question])
        guard path.count > 1, let text = String(validating: path, as: UTF8.self), !path.contains(0) else {
            throw .socketPath
        }
        // hiredis cuts a longer one off without a word: sun_path has 108 bytes.
        guard path.count <= 107 else { throw .socketPathTooLong }
        endpoint.address = .unix(path: text)
        guard question < rest.endIndex else { return }
        let query = rest[(question + 1)...]
        guard query.starts(with: Array("db=".utf8)) else { throw .socketQuery }
        endpoint.database = try database(query.dropFirst(3))
    }

    private static func percentDecoded(_ bytes: ArraySlice<UInt8>) throws(RedisURLFault) -> [UInt8] {
        var output: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                output.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                throw .percentEscape
            }
            output.append(high << 4 | low)
        }
        return output
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
