/// The version of what a path serves, by which a client that has it already can be told so (RFC 9110, 8.8.3).
package struct EntityTag: Equatable, Sendable {
    /// Letters, digits and hyphens.
    private let version: String

    package init(_ version: String) {
        self.version = version
    }

    /// As `ETag` has it: weak, as the same document goes out compressed and not.
    package var text: String { "W/\"\(version)\"" }

    /// Whether a request with this `If-None-Match` is from somebody who has this version.
    package func isKnown(by ifNoneMatch: String?) -> Bool {
        guard let ifNoneMatch else { return false }
        return ifNoneMatch[...].parts(separatedBy: ",").contains { $0 == "*" || $0 == text || "W/" + $0 == text }
    }
}
