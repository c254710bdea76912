import FoundationEssentials
package import Platform

/// Keys that sign webhooks, as people write them.
package enum SigningKey {
    private static let prefix = "whsec_"
    /// What Standard Webhooks allows, in bytes.
    private static let lengths = 24...64

    /// The bytes of a key.
    ///
    /// After `whsec_` comes base64 of 24 to 64 bytes. Anything else is taken as such base64 where it is that, and as
    /// the key itself where it is not.
    package static func parse(_ text: String) throws(SigningKeyFault) -> Secret {
        guard !text.isEmpty else { throw .empty }
        // Ed25519, where the receiver has a key of its own.
        guard !text.hasPrefix("whsk_"), !text.hasPrefix("whpk_") else { throw .asymmetric }
        guard text.hasPrefix(prefix) else {
            return Secret(decoded(text).flatMap { lengths.contains($0.count) ? $0 : nil } ?? Array(text.utf8))
        }
        guard let bytes = decoded(String(text.dropFirst(prefix.count))) else { throw .notBase64 }
        guard lengths.contains(bytes.count) else { throw .length(bytes.count) }
        return Secret(bytes)
    }

    private static func decoded(_ text: String) -> [UInt8]? {
        Data(base64Encoded: text).map { Array($0) }
    }
}
