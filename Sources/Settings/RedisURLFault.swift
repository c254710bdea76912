/// What is wrong with a Redis URL.
///
/// Names the part and holds nothing of it: any part may be a misplaced password.
package enum RedisURLFault: Error, Sendable, Equatable {
    case empty
    case strayCharacter
    case noScheme
    case unknownScheme
    case reservedInUserInfo
    case secondUserInfo
    case emptyUserInfo
    case emptyPassword
    case percentEscape
    case userNotText
    case emptyHost
    case host
    case severalHosts
    case emptyHostOfSeveral
    case repeatedHost
    case bracket
    case bareIPv6
    case port
    case noPrimaryName
    case primaryNameNotText
    case database
    case databaseOfPrimary
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
            "the scheme of the URL is not known; redis://, rediss://, valkey://, valkeys:// and unix:// are, "
                + "also redis+sentinel://, redis+cluster:// and the like"
        case .reservedInUserInfo:
            "an @ comes after the host has ended; in a user or a password / is written %2F, ? %3F and # %23"
        case .secondUserInfo:
            "more than one @; user:password@ comes once, before the first host, and an @ in them is written %40"
        case .emptyUserInfo: "nothing stands before the @; user:password@ or :password@ is meant"
        case .emptyPassword: "the password before the @ is empty; without one, leave out the colon"
        case .percentEscape: "a % in the user, the password or the path is not followed by two hexadecimal digits"
        case .userNotText: "the user is not valid UTF-8"
        case .emptyHost: "the URL has no host; redis://host:port is meant"
        case .host: "the host is neither a name nor an address, such as redis://127.0.0.1:6379"
        case .severalHosts:
            "a comma is in the host; several hosts are sentinels, redis+sentinel://h1,h2/mymaster, or a cluster's, "
                + "redis+cluster://h1,h2, and each URL of a list has a scheme"
        case .emptyHostOfSeveral: "nothing stands on one side of a comma; hosts are written h1,h2 or h1:port,h2:port"
        case .repeatedHost: "the same host and port come twice; each is meant once"
        case .bracket: "an IPv6 address stands in brackets, and nothing else does, such as redis://[::1]:6379"
        case .bareIPv6: "an IPv6 address stands in brackets, such as redis://[::1]:6379"
        case .port: "the port is a number from 1 to 65535, such as redis://127.0.0.1:6379"
        case .noPrimaryName:
            "the URL does not say what the sentinels call the primary, such as redis+sentinel://h1,h2/mymaster"
        case .primaryNameNotText: "the name of the primary is not valid UTF-8, or a control character is in it"
        case .database: "the database is a number from 0 to 1000000, such as redis://127.0.0.1:6379/0"
        case .databaseOfPrimary:
            "the database after the primary's name is a number from 0 to 1000000, such as "
                + "redis+sentinel://h1,h2/mymaster/0"
        case .query: "a query (?…) is not understood here; the database is written redis://host:port/0"
        case .socketQuery: "the query is not understood; ?db=0 is the only one"
        case .fragment: "a fragment (#…) is not understood; in a password # is written %23"
        case .socketPath: "a socket has an absolute path, such as unix:///run/redis/redis.sock"
        case .socketPathTooLong: "the path of a socket has at most 107 bytes"
        }
    }
}
