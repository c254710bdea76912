/// What is wrong with the URL of a receiver or of pages.
///
/// Names the part and holds nothing of it: any part may be a token.
package enum HTTPURLFault: Error, Sendable, Equatable {
    case empty
    case strayCharacter
    case scheme
    case noHost
    case host
    case bracket
    case port
    case fragment
    case query
    case userInfo
}

extension HTTPURLFault: CustomStringConvertible {
    /// Of the URL of a receiver.
    package var description: String {
        switch self {
        case .empty: "\(what); a URL such as https://example.com/hook is meant"
        case .noHost: "\(what); https://host/path is meant"
        case .host: "\(what), such as https://example.com/hook"
        case .bracket: "\(what), such as http://[::1]:9093"
        case .port: "\(what), such as http://127.0.0.1:9093"
        case .strayCharacter, .scheme, .fragment, .query, .userInfo: what
        }
    }

    /// What is wrong, without an example of what is meant.
    package var what: String {
        switch self {
        case .empty: "empty"
        case .strayCharacter:
            "a space, a control character or a letter beyond ASCII is in the URL; they are written percent-encoded"
        case .scheme: "the URL starts neither with http:// nor with https://"
        case .noHost: "the URL has no host"
        case .host: "the host is neither a name nor an address"
        case .bracket: "an IPv6 address stands in brackets, and nothing else does"
        case .port: "the port is a number from 1 to 65535"
        case .fragment: "a fragment (#…) is never sent; leave it out, or write %23 where # is meant"
        case .query: "a query (?…) has no place here: paths are added to the URL"
        case .userInfo: "a user or a password has no place here: everybody who gets an alert sees the URL"
        }
    }
}
