/// What the scheme of a Redis URL says: how its servers are found, and over what they are spoken to.
struct RedisURLScheme {
    enum Servers {
        case one
        case socket
        case sentinels
        case cluster
    }

    let servers: Servers
    let isForTLS: Bool

    /// Nil for a scheme that weir does not know.
    init?(_ text: String) {
        let words = text.lowercased().split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        switch words[0] {
        case "redis", "valkey", "unix": isForTLS = false
        case "rediss", "valkeys": isForTLS = true
        default: return nil
        }
        switch words.dropFirst().first {
        case nil: servers = words[0] == "unix" ? .socket : .one
        case "sentinel" where words[0] != "unix": servers = .sentinels
        case "cluster" where words[0] != "unix": servers = .cluster
        default: return nil
        }
    }

    /// Where the scheme that `bytes` begin with ends, before its `://`; nil where they begin with none, known or not.
    static func end(in bytes: ArraySlice<UInt8>) -> Int? {
        guard let end = bytes.firstIndex(where: { !isPart($0) }), end > bytes.startIndex,
            bytes[end...].starts(with: "://".utf8)
        else { return nil }
        return end
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
