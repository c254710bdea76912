/// An `http://` or `https://` URL.
///
/// User, password, path and query are taken as they are written.
struct HTTPURL {
    let text: String
    /// User, password, host and port.
    let authority: Range<String.Index>
    let hostStart: String.Index
    let hasQuery: Bool

    init(parsing text: String) throws(HTTPURLFault) {
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw .strayCharacter }
        guard let colon = text.firstRange(of: "://") else { throw .scheme }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { throw .scheme }
        let rest = text[colon.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        if rest[authority.endIndex...].contains("#") { throw .fragment }
        let at = authority.lastIndex(of: "@")
        try Self.checkHost(at.map { authority[authority.index(after: $0)...] } ?? authority)
        self.text = text
        self.authority = authority.startIndex..<authority.endIndex
        hostStart = at.map { authority.index(after: $0) } ?? authority.startIndex
        hasQuery = rest[authority.endIndex...].contains("?")
    }

    var hasUserInfo: Bool { hostStart != authority.lowerBound }

    /// Reads the URL of pages that alerts link to, without a slash at its end.
    static func page(_ text: String) throws(HTTPURLFault) -> String {
        let url = try HTTPURL(parsing: text)
        // It is shown to whoever sees an alert.
        if url.hasUserInfo { throw .userInfo }
        return String(try url.base())
    }

    /// What paths are appended to: the text without slashes at its end.
    func base() throws(HTTPURLFault) -> Substring {
        if hasQuery { throw .query }
        var text = text[...]
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }

    private static func checkHost(_ text: Substring) throws(HTTPURLFault) {
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else { throw .bracket }
            guard HostText.isIPv6(String(text[..<bracket].dropFirst())) else { throw .bracket }
            try checkPort(text[text.index(after: bracket)...])
        } else if HostText.isIPv6(String(text)) {
            throw .bracket
        } else {
            let host = text.prefix { $0 != ":" }
            guard !host.isEmpty else { throw .noHost }
            guard HostText.isNameOrIPv4(String(host)) else { throw .host }
            try checkPort(text[host.endIndex...])
        }
    }

    /// Checks what follows the host: nothing, or `:port`.
    private static func checkPort(_ text: Substring) throws(HTTPURLFault) {
        if text.isEmpty { return }
        guard text.hasPrefix(":"), let port = HostText.port(text.dropFirst()), port > 0 else { throw .port }
    }
}
