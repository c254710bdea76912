import RedisClient

/// The hosts of a URL.
extension RedisURL {
    /// One host.
    static func address(
        of hosts: ArraySlice<UInt8>, defaultPort: UInt16
    ) throws(RedisURLFault) -> RedisEndpoint.Address {
        if hosts.contains(UInt8(ascii: ",")) { throw .severalHosts }
        let text = String(decoding: hosts, as: UTF8.self)
        guard !text.isEmpty else { throw .emptyHost }
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else { throw .bracket }
            let host = String(text[text.index(after: text.startIndex)..<bracket])
            guard HostText.isIPv6(host) else { throw .bracket }
            return .tcp(host: host, port: try port(text[text.index(after: bracket)...], default: defaultPort))
        }
        if HostText.isIPv6(text) { throw .bareIPv6 }
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        let host = String(text[..<colon])
        guard !host.isEmpty else { throw .emptyHost }
        guard HostText.isNameOrIPv4(host) else { throw .host }
        return .tcp(host: host, port: try port(text[colon...], default: defaultPort))
    }

    /// One host or several, separated by commas, in their order; none comes twice.
    static func addresses(
        of hosts: ArraySlice<UInt8>, defaultPort: UInt16
    ) throws(RedisURLFault) -> [RedisEndpoint.Address] {
        guard !hosts.isEmpty else { throw .emptyHost }
        var addresses: [RedisEndpoint.Address] = []
        var seen: Set<String> = []
        for host in hosts.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard !host.isEmpty else { throw .emptyHostOfSeveral }
            let address = try address(of: host, defaultPort: defaultPort)
            guard seen.insert(address.node.lowercased()).inserted else { throw .repeatedHost }
            addresses.append(address)
        }
        return addresses
    }

    /// Reads what follows a host: nothing, or `:port`.
    private static func port(_ text: Substring, default usual: UInt16) throws(RedisURLFault) -> UInt16 {
        if text.isEmpty { return usual }
        guard text.hasPrefix(":"), let port = HostText.port(text.dropFirst()), port > 0 else { throw .port }
        return port
    }
}
