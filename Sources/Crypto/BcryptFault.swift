/// Why a text is no hash of a password that weir takes.
package enum BcryptFault: Error, Equatable, Sendable {
    /// It does not begin with `$2a$`, `$2b$` or `$2y$`.
    case notBcrypt
    case cost
    /// To check one password would take too long.
    case tooDear(cost: Int, most: Int)
    /// The salt and the hash are not 53 characters.
    case length
    case character
}

extension BcryptFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notBcrypt: "not a hash of bcrypt, which begins with $2a$, $2b$ or $2y$; htpasswd -nBC 10 NAME makes one"
        case .cost: "not a hash of bcrypt: after $2y$ comes the cost, two digits from 04 to 31, and a $"
        case .tooDear(let cost, let most):
            "a cost of \(cost) has each password take \(1 << (cost - 10)) times as long as the usual 10; \(most) is the most"
        case .length: "not a hash of bcrypt: it is cut off, or something follows; 60 characters are meant"
        case .character: "not a hash of bcrypt: after the cost come letters, digits, . and / only"
        }
    }
}
