internal import FoundationEssentials

/// What a client says who it is, in the header `Authorization`.
struct BasicCredentials: Sendable {
    let user: String
    /// As it was sent, in whatever encoding.
    let password: [UInt8]

    /// Nil for another scheme, or what is no such header.
    init?(_ header: String?) {
        guard let parts = header?.split(separator: " ", omittingEmptySubsequences: true), parts.count == 2,
            parts[0].lowercased() == "basic", let decoded = Data(base64Encoded: String(parts[1])),
            let colon = decoded.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        user = String(decoding: decoded[..<colon], as: UTF8.self)
        password = Array(decoded[decoded.index(after: colon)...])
    }
}
