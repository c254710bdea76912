/// What is wrong with a Redis URL.
///
/// Names the part and holds nothing of it: any part may be a misplaced password.
package enum RedisURLFault: Error, Sendable, Equatable {
    case empty
    case strayCharacter
    case noScheme
    case unknownScheme
    case sentinel
    case cluster
    case reservedInUserInfo
    case emptyUserInfo
    case emptyPassword
    case percentEscape
    case userNotText
    case emptyHost
    case host
    case bracket
    case bareIPv6
    case port
    case database
    case query
    case socketQuery
    case fragment
    case socketPath
    case socketPathTooLong
}

extension RedisURLFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "empty; a URL such as redis://127.0.0.1:6379 is meant"
        case .strayCharacter: "a space or a control character is in the URL; a space is written %20"
        case .noScheme: "the URL has no scheme; a host and a port are written redis://host:port"
        case .unknownScheme:
            "the scheme of the URL is not known; redis://, rediss://, valkey://, valkeys:// and unix:// are"
        case .sentinel: "not yet: Sentinel; this version of weir does not do that"
        case .cluster: "not yet: Redis Cluster; this version of weir does not do that"
        case .reservedInUserInfo:
            "an @ comes after the host has ended; in a user or a password / is written %2F, ? %3F and # %23"
        case .emptyUserInfo: "nothing stands before the @; user:password@ or :password@ is meant"
        case .emptyPassword: "the password before the @ is empty; without one, leave out the colon"
        case .percentEscape: "a % in the user, the password or the path is not followed by two hexadecimal digits"
        case .userNotText: "the user is not valid UTF-8"
        case .emptyHost: "the URL has no host; redis://host:port is meant"
        case .host: "the host is neither a name nor an address, such as redis://127.0.0.1:6379"
        case .bracket: "an IPv6 address stands in brackets, and nothing else does, such as redis://[::1]:6379"
        case .bareIPv6: "an IPv6 address stands in brackets, such as redis://[::1]:6379"
        case .port: "the port is a number from 1 to 65535, such as redis://127.0.0.1:6379"
        case .database: "the database is a number from 0 to 1000000, such as redis://127.0.0.1:6379/0"
        case .query: "a query (?…) is not understood here; the database is written redis://host:port/0"
        case .socketQuery: "the query is not understood; ?db=0 is the only one"
        case .fragment: "a fragment (#…) is not understood; in a password # is written %23"
        case .socketPath: "a socket has an absolute path, such as unix:///run/redis/redis.sock"
        case .socketPathTooLong: "the path of a socket has at most 107 bytes"
        }
    }
}
