extension RedisEndpoint.Address {
    /// Where a server of a cluster listens, as `asked`, another or the same, has put it.
    ///
    /// A server leaves out a host that it does not know or is told to keep to itself: then it is the host that was
    /// asked. Nil where that has none.
    init?(announcedHost host: String, port: UInt16, by asked: RedisEndpoint.Address) {
        switch (host, asked) {
        case ("", .tcp(let host, _)), ("?", .tcp(let host, _)): self = .tcp(host: host, port: port)
        case ("", .unix), ("?", .unix): return nil
        default: self = .tcp(host: host, port: port)
        }
    }

    /// Of `host:port`, where the host may be an IPv6 address without brackets.
    static func splitAnnounced(_ text: Substring) -> (host: String, port: UInt16)? {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        return (String(text[..<colon]), port)
    }
}
