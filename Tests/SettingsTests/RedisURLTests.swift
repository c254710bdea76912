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
        #expect(try RedisURL.topology(url) == .single(endpoint))
    }

    private static func sentinels(
        _ hosts: [(String, UInt16)], _ name: String, _ access: RedisAccess = RedisAccess()
    ) -> RedisTopology {
        .sentinel(
            SentinelTopology(
                sentinels: hosts.map { RedisEndpoint(address: .tcp(host: $0.0, port: $0.1), tls: access.tls) },
                primaryName: name, access: access))
    }

    private static func cluster(_ hosts: [(String, UInt16)], _ access: RedisAccess = RedisAccess()) -> RedisTopology {
        .cluster(seeds: hosts.map { .tcp(host: $0.0, port: $0.1) }, access: access)
    }

    private static func login(_ user: String?, _ password: String, database: Int = 0) -> RedisAccess {
        RedisAccess(username: user, password: .secret(Secret(Array(password.utf8))), database: database)
    }

    @Test(
        "of sentinels and of clusters are read",
        arguments: [
            ("redis+sentinel://h/m", sentinels([("h", 26379)], "m"), "h:26379/m"),
            ("redis+sentinel://h/m/", sentinels([("h", 26379)], "m"), "h:26379/m"),
            (
                "redis+sentinel://h1:26379,h2/mymaster/0", sentinels([("h1", 26379), ("h2", 26379)], "mymaster"),
                "h1:26379/mymaster"
            ),
            (
                "Valkey+Sentinel://[::1],[::1]:5000,10.0.0.1:1/m/3",
                sentinels([("::1", 26379), ("::1", 5000), ("10.0.0.1", 1)], "m", RedisAccess(database: 3)),
                "[::1]:26379/m"
            ),
            (
                "redis+sentinel://u:p%40%2C@h1,h2/my%20m%2F%C3%BC/1",
                sentinels([("h1", 26379), ("h2", 26379)], "my m/ü", login("u", "p@,", database: 1)), "h1:26379/my m/ü"
            ),
            ("redis+sentinel://:a,b:c@h/m", sentinels([("h", 26379)], "m", login(nil, "a,b:c")), "h:26379/m"),
            (
                "rediss+sentinel://h1,h2/m",
                sentinels([("h1", 26379), ("h2", 26379)], "m", RedisAccess(tls: TLSSettings())), "h1:26379/m"
            ),
            ("valkeys+sentinel://h/m", sentinels([("h", 26379)], "m", RedisAccess(tls: TLSSettings())), "h:26379/m"),
            ("redis+cluster://h", cluster([("h", 6379)]), "h:6379"),
            ("redis+cluster://h1,h2:7000/", cluster([("h1", 6379), ("h2", 7000)]), "h1:6379"),
            ("redis+cluster://h:1,h:2/0", cluster([("h", 1), ("h", 2)]), "h:1"),
            ("valkey+cluster://h/7", cluster([("h", 6379)], RedisAccess(database: 7)), "h:6379"),
            (
                "redis+cluster://u:p@[fe80::1]:7000,[fe80::2]",
                cluster([("fe80::1", 7000), ("fe80::2", 6379)], login("u", "p")),
                "[fe80::1]:7000"
            ),
            ("rediss+cluster://h", cluster([("h", 6379)], RedisAccess(tls: TLSSettings())), "h:6379"),
            ("valkeys+cluster://h", cluster([("h", 6379)], RedisAccess(tls: TLSSettings())), "h:6379"),
        ] as [(String, RedisTopology, String)])
    func readSeveral(url: String, topology: RedisTopology, name: String) throws {
        #expect(try RedisURL.topology(url) == topology)
        #expect(topology.name == name)
    }

    @Test("keep a password's bytes, whatever they are")
    func passwordBytes() throws {
        #expect(try RedisURL.topology("redis://:%ff%00@h").access.password == .secret(Secret([0xff, 0])))
    }

    static let wrong: [(String, RedisURLFault)] = [
        ("", .empty), ("redis://a b", .strayCharacter), ("redis://h\n", .strayCharacter), ("h:6379", .noScheme),
        ("h", .noScheme), ("redis:h:6379", .noScheme), ("redis:/h", .noScheme), ("://h", .noScheme),
        ("u:p@h://x", .noScheme), ("http://h", .unknownScheme), ("redis+x://h", .unknownScheme),
        ("rediss+x://h", .unknownScheme), ("rediss+unix:///s", .unknownScheme), ("unixs:///s", .unknownScheme),
        ("unix+sentinel:///s", .unknownScheme), ("redis+://h", .unknownScheme), ("+cluster://h", .unknownScheme),
        ("redis+sentinel+cluster://h/m", .unknownScheme), ("rediss://", .emptyHost), ("rediss://h:x", .port),
        ("rediss://h?db=1", .query), ("valkeys://u:p/w@h", .reservedInUserInfo),
        ("redis://", .emptyHost), ("redis://:6379", .emptyHost), ("redis:///0", .emptyHost),
        ("redis://u:p@", .emptyHost),
        ("redis://u:p@:6379", .emptyHost), ("redis://@h", .emptyUserInfo), ("redis://:@h", .emptyPassword),
        ("redis://u:@h", .emptyPassword), ("redis://u:%4@h", .percentEscape), ("redis://u:%zz@h", .percentEscape),
        ("redis://%@h", .percentEscape), ("redis://%ff:p@h", .userNotText), ("redis://h%41", .host),
        ("redis://a,b", .severalHosts), ("redis://a,", .severalHosts), ("redis://1.2.3", .host),
        ("redis://1.2.3.400", .host), ("redis://ü", .host),
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

    static let wrongSeveral: [(String, RedisURLFault)] = [
        ("redis+sentinel://", .emptyHost), ("redis+sentinel:///m", .emptyHost), ("redis+sentinel://u:p@/m", .emptyHost),
        ("redis+sentinel://h", .noPrimaryName), ("redis+sentinel://h/", .noPrimaryName),
        ("redis+sentinel://h//0", .noPrimaryName), ("redis+sentinel://h/%ff", .primaryNameNotText),
        ("redis+sentinel://h/a%0ab", .primaryNameNotText), ("redis+sentinel://h/m%4", .percentEscape),
        ("redis+sentinel://h/m/x", .databaseOfPrimary), ("redis+sentinel://h/m/0/", .databaseOfPrimary),
        ("redis+sentinel://h/m/1000001", .databaseOfPrimary), ("redis+sentinel://h/m?db=1", .query),
        ("redis+sentinel://h/m#x", .fragment), ("redis+sentinel://h1,,h2/m", .emptyHostOfSeveral),
        ("redis+sentinel://h1,/m", .emptyHostOfSeveral), ("redis+sentinel://,h1/m", .emptyHostOfSeveral),
        ("redis+sentinel://h1,h1:26379/m", .repeatedHost), ("redis+sentinel://h1,H1/m", .repeatedHost),
        ("redis+sentinel://[::1],[::1]:26379/m", .repeatedHost), ("redis+sentinel://h1,::1/m", .bareIPv6),
        ("redis+sentinel://h1,[h2]/m", .bracket), ("redis+sentinel://h1,h2:x/m", .port),
        ("redis+sentinel://h1:0,h2/m", .port), ("redis+sentinel://h1,h_ü/m", .host),
        ("redis+sentinel://u:p@h1,u:p@h2/m", .secondUserInfo), ("redis+sentinel://u:p@w@h1/m", .secondUserInfo),
        ("redis+sentinel://u:p/w@h/m", .reservedInUserInfo), ("redis+sentinel://h/m@x", .reservedInUserInfo),
        ("redis+sentinel://u:@h/m", .emptyPassword), ("redis+sentinel://@h/m", .emptyUserInfo),
        ("redis+cluster://", .emptyHost), ("redis+cluster:///0", .emptyHost), ("redis+cluster://h/x", .database),
        ("redis+cluster://h/m/0", .database), ("redis+cluster://h?db=1", .query), ("redis+cluster://h#x", .fragment),
        ("redis+cluster://h1,h1", .repeatedHost), ("redis+cluster://h1,h1:6379", .repeatedHost),
        ("redis+cluster://h1,", .emptyHostOfSeveral), ("redis+cluster://h1;h2", .host),
        ("redis+cluster://h1,redis+cluster://h2", .host), ("redis+cluster://h1, h2", .strayCharacter),
        ("redis+cluster://u:p@h1,u:p@h2", .secondUserInfo), ("redis+cluster://u:p/w@h", .reservedInUserInfo),
    ]

    @Test("that are wrong are refused with the part that is", arguments: wrong + wrongSeveral)
    func refuse(url: String, fault: RedisURLFault) {
        #expect(throws: fault) { try RedisURL.topology(url) }
    }
}
