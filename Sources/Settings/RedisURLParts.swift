/// A Redis URL, taken apart and not decoded: `scheme://[userInfo@]hosts` and what follows them.
struct RedisURLParts {
    let scheme: RedisURLScheme
    /// Nil without an @.
    let userInfo: ArraySlice<UInt8>?
    let hosts: ArraySlice<UInt8>
    /// The path, the query and the fragment.
    let rest: ArraySlice<UInt8>

    init(_ text: String) throws(RedisURLFault) {
        guard !text.isEmpty else { throw .empty }
        let bytes = Array(text.utf8)[...]
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { throw .strayCharacter }
        guard let colon = RedisURLScheme.end(in: bytes) else { throw .noScheme }
        guard let scheme = RedisURLScheme(String(decoding: bytes[..<colon], as: UTF8.self)) else {
            throw .unknownScheme
        }
        self.scheme = scheme
        let start = colon + "://".utf8.count
        let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
        rest = bytes[end...]
        // The last @: an unescaped one in a password harms nothing, as a host has none.
        if let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")) {
            userInfo = bytes[start..<at]
            hosts = bytes[(at + 1)..<end]
        } else {
            userInfo = nil
            hosts = bytes[start..<end]
        }
    }
}
