import Crypto
import Platform
import RedisClient
import Settings
import Testing

@Suite("URLs of a Redis")
struct RedisURLTests {
    private static func tcp(
        _ host: String, _ port: UInt16 = 6379, user: String? = nil, password: String? = nil, database: Int = 0,
        tls: TLSSettings? = nil
    ) -> RedisEndpoint {
        RedisEndpoint(
            address: .tcp(host: host, port: port), username: user,
            password: password.map { .secret(Secret(Array($0.utf8))) },
            database: database, tls: tls)
    }

    private static func unix(_ path: String, user: String? = nil, password: String? = nil, database: Int = 0)
        -> RedisEndpoint
    {
        RedisEndpoint(
            address: .unix(path: path), username: user, password: password.map { .secret(Secret(Array($0.utf8))) },
            database: database)
    }

    @Test(
        "are read",
        arguments: [
            ("redis://h", tcp("h")),
            ("redis://h/", tcp("h")),
            ("valkey://cache_1.example:7000/3", tcp("cache_1.example", 7000, database: 3)),
            ("REDIS://127.0.0.1:1/1000000", tcp("127.0.0.1", 1, database: 1_000_000)),
            ("redis://[::1]", tcp("::1")),
            ("redis://u:p@[fe80::1]:65535/0", tcp("fe80::1", 65_535, user: "u", password: "p")),
            ("redis://u@h", tcp("h", user: "u")),
            ("redis://:pw@h", tcp("h", password: "pw")),
            ("redis://u%3A:p%40%2f%25@h", tcp("h", user: "u:", password: "p@/%")),
            ("redis://u:a:b@c@h:6380", tcp("h", 6380, user: "u", password: "a:b@c")),
            ("rediss://h", tcp("h", tls: TLSSettings())),
            (
                "valkeys://u:p%40@[::1]:7000/3",
                tcp("::1", 7000, user: "u", password: "p@", database: 3, tls: TLSSettings())
            ),
            ("Rediss://h:1", tcp("h", 1, tls: TLSSettings())),
            ("unix:///run/redis.sock", unix("/run/redis.sock")),
            ("unix:///run/a%20b@c?db=4", unix("/run/a b@c", database: 4)),
            ("unix://u:p@/run/redis.sock", unix("/run/redis.sock", user: "u", password: "p")),
        ])
    func read(url: String, endpoint: RedisEndpoint) throws {
        #expect(try RedisURL.endpoint(url) == endpoint)
    }

    @Test("keep a password's bytes, whatever they are")
    func passwordBytes() throws {
        #expect(try RedisURL.endpoint("redis://:%ff%00@h").password == .secret(Secret([0xff, 0])))
    }

    static let wrong: [(String, RedisURLFault)] = [
        ("", .empty), ("redis://a b", .strayCharacter), ("redis://h\n", .strayCharacter), ("h:6379", .noScheme),
        ("h", .noScheme), ("redis:h:6379", .noScheme), ("redis:/h", .noScheme), ("://h", .noScheme),
        ("u:p@h://x", .noScheme), ("http://h", .unknownScheme), ("redis+x://h", .unknownScheme),
        ("rediss+x://h", .unknownScheme), ("rediss+unix:///s", .unknownScheme), ("unixs:///s", .unknownScheme),
        ("redis+sentinel://h1:26379,h2/mymaster/0", .sentinel), ("rediss+sentinel://h/m", .sentinel),
        ("valkeys+sentinel://h/m", .sentinel), ("redis+cluster://h1,h2", .cluster), ("rediss+cluster://h1", .cluster),
        ("valkeys+cluster://h", .cluster), ("rediss://", .emptyHost), ("rediss://h:x", .port),
        ("rediss://h?db=1", .query), ("valkeys://u:p/w@h", .reservedInUserInfo),
        ("redis://", .emptyHost), ("redis://:6379", .emptyHost), ("redis:///0", .emptyHost),
        ("redis://u:p@", .emptyHost),
        ("redis://u:p@:6379", .emptyHost), ("redis://@h", .emptyUserInfo), ("redis://:@h", .emptyPassword),
        ("redis://u:@h", .emptyPassword), ("redis://u:%4@h", .percentEscape), ("redis://u:%zz@h", .percentEscape),
        ("redis://%@h", .percentEscape), ("redis://%ff:p@h", .userNotText), ("redis://h%41", .host),
        ("redis://a,b", .host), ("redis://1.2.3", .host), ("redis://1.2.3.400", .host), ("redis://ü", .host),
        ("redis://::1", .bareIPv6), ("redis://[::1", .bracket), ("redis://[h]:1", .bracket),
        ("redis://[::1]6379", .port),
        ("redis://h:", .port), ("redis://h:0", .port), ("redis://h:65536", .port), ("redis://h:+1", .port),
        ("redis://h:6379:1", .port), ("redis://h:x", .port), ("redis://u:p", .port), ("redis://h/x", .database),
        ("redis://h/-1", .database), ("redis://h/1000001", .database), ("redis://h/0/", .database),
        ("redis://h/99999999999999999999", .database), ("redis://h?db=1", .query), ("redis://h/0?x", .query),
        ("redis://h#x", .fragment), ("redis://u:p/w@h", .reservedInUserInfo), ("redis://u:p?w@h", .reservedInUserInfo),
        ("redis://u:p#w@h", .reservedInUserInfo), ("redis://h/0@x", .reservedInUserInfo), ("unix://", .socketPath),
        ("unix:///", .socketPath), ("unix://run/redis.sock", .socketPath), ("unix:///a%00b", .socketPath),
        ("unix:///a%ff", .socketPath), ("unix:///a%2", .percentEscape), ("unix:///s?db=", .database),
        ("unix:///s?db=x", .database), ("unix:///s?x=1", .socketQuery), ("unix:///s?db=1&x", .database),
        ("unix:///s#x", .fragment), ("unix:///" + String(repeating: "a", count: 107), .socketPathTooLong),
    ]

    @Test("that are wrong are refused with the part that is", arguments: wrong)
    func refuse(url: String, fault: RedisURLFault) {
        #expect(throws: fault) { try RedisURL.endpoint(url) }
    }
}
