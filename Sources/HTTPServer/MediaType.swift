/// A format that can be offered, as `text/plain;version=0.0.4`.
package struct MediaType: Hashable, Sendable {
    package let type: String
    package let subtype: String
    package let version: String?

    /// The type and subtype in lower case.
    package init(_ type: String, _ subtype: String, version: String? = nil) {
        self.type = type
        self.subtype = subtype
        self.version = version
    }
}
