/// What is wrong with a key that is to sign webhooks.
///
/// Holds nothing of it.
package enum SigningKeyFault: Error, Equatable {
    case empty
    case asymmetric
    case notBase64
    /// In bytes.
    case length(Int)
}

extension SigningKeyFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "the signing key is empty; whsec_ and base64 of 24 to 64 bytes is meant"
        case .asymmetric:
            "whsk_ and whpk_ begin keys of Ed25519, which weir does not sign with; whsec_ and base64 of 24 to 64 bytes "
                + "is meant"
        case .notBase64:
            "what follows whsec_ in the signing key is not base64 with its = at the end"
        case .length(let count):
            "the signing key has \(count) bytes after whsec_; 24 to 64 are meant"
        }
    }
}
