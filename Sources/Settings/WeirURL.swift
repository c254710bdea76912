package import Platform

/// Where the pages of a running weir are.
package struct WeirURL: Sendable, Equatable {
    /// With user and password where they were given, without a slash at its end.
    private let base: Secret
    /// The same without user and password, for messages.
    package let shown: String

    /// Reads such as `https://user:password@host/prefix`; the parts may be percent-encoded.
    package init(parsing text: String) throws(HTTPURLFault) {
        let url = try HTTPURL(parsing: text)
        let text = try url.base()
        base = Secret(Array(text.utf8))
        shown = String(text[..<url.authority.lowerBound]) + text[url.hostStart...]
    }

    /// The URL of one of its pages, such as `/metrics`.
    package func page(_ path: String) -> Secret {
        Secret(base.bytes + Array(path.utf8))
    }
}
