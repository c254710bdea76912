import Settings
import Testing

@Suite("Policies in a cluster")
struct ClusterPolicyTests {
    private static let sameTag = "; give both the same {tag}, as in {orders} and {orders}:dead"

    private static func between(_ stream: String, _ slot: Int, _ destination: Int) -> String {
        "a cluster moves entries within one slot only, and \"\(stream)\" is in slot \(slot), this in \(destination)"
            + sameTag
    }

    private static func anywhere(_ stream: String, _ destination: Int) -> String {
        "a cluster moves entries within one slot only, and what \"\(stream)\" matches may be in any, "
            + "this is in \(destination)" + sameTag
    }

    private func complaints(
        _ policy: String, url: String = "redis+cluster://h1,h2", target: String = "name: eu"
    ) -> [String] {
        Loading(
            """
            targets:
              - {url: "\(url)", \(target)}
              - {url: "redis://other", streams: [{match: "x*", as: shards}]}
            remediation:
              policies:
                - {name: a, group: g, min_idle: 1s, \(policy)}
            """
        ).complaints()
    }

    private static let requeue = "action: requeue"
    private static let dead = "action: dead_letter, after_deliveries: 5"

    @Test(
        "may not move entries from slot to slot",
        arguments: [
            ("stream: orders, \(requeue)", nil),
            ("stream: 'orders*', \(requeue)", nil),
            ("stream: orders, \(requeue), to_stream: orders", nil),
            ("stream: orders, \(requeue), to_stream: '{orders}:retry'", nil),
            ("stream: orders, \(requeue), to_stream: retry", between("orders", 105, 14_815)),
            ("stream: orders, \(dead), to_stream: '{orders}:dead'", nil),
            ("stream: orders, \(dead), to_stream: 'orders:dead'", between("orders", 105, 5988)),
            ("stream: '{orders}:*', \(dead), to_stream: '{orders}:dead'", nil),
            ("stream: '{orders}:*', \(dead), to_stream: orders", nil),
            ("stream: '{orders}:*', \(dead), to_stream: dead", between("{orders}:*", 105, 14_209)),
            ("stream: 'orders:*', \(dead), to_stream: '{orders}:dead'", anywhere("orders:*", 105)),
            ("stream: '*', \(dead), to_stream: dead", anywhere("*", 14_209)),
            ("stream: orders, target: 'e?', \(dead), to_stream: dead", between("orders", 105, 14_209)),
            ("stream: orders, target: other:6379, \(dead), to_stream: dead", nil),
            ("stream: shards, \(dead), to_stream: shards:dead", between("shards", 153, 11_001)),
        ] as [(String, String?)])
    func slots(policy: String, expected: String?) throws {
        let told = complaints(policy)
        #expect(told.count == (expected == nil ? 0 : 1))
        if let expected {
            let line = try #require(told.first)
            #expect(line.hasPrefix("weir.yaml:6:"))
            #expect(line.hasSuffix(": remediation.policies[0].to_stream: \(expected)"))
        }
    }

    @Test("are told of once, however many clusters they are about")
    func several() {
        let told = Loading(
            """
            targets: [{url: 'redis+cluster://a,b'}, {url: 'redis+cluster://c'}]
            remediation: {policies: [{name: a, stream: orders, group: g, min_idle: 1s, \(Self.dead), to_stream: dead}]}
            """
        ).complaints()
        #expect(told.count == 1)
    }

    @Test("are about the keys of a logical stream where they name that")
    func logicalStreams() {
        func complain(match: String, to destination: String) -> [String] {
            complaints(
                "stream: shards, \(Self.dead), to_stream: '\(destination)'",
                target: "name: eu, streams: [{match: '\(match)', as: shards}]")
        }
        #expect(complain(match: "{orders}:*", to: "{orders}-dead") == [])
        #expect(
            complain(match: "{orders}:*", to: "dead").allSatisfy {
                $0.hasSuffix(Self.between("{orders}:*", 105, 14_209))
            })
        #expect(complain(match: "orders:*", to: "orders-dead").count == 1)
    }

    @Test(
        "are told of whatever the cluster's scheme, and in other targets not",
        arguments: [
            ("redis+cluster", 1), ("rediss+cluster", 1), ("valkey+cluster", 1), ("Valkeys+Cluster", 1),
            ("redis+sentinel", 0), ("redis", 0), ("rediss", 0),
        ])
    func schemes(scheme: String, count: Int) {
        let policy = "stream: orders, \(Self.dead), to_stream: dead"
        #expect(complaints(policy, url: "\(scheme)://h/1").count == count)
        #expect(complaints(policy + ", target: eu", url: "\(scheme)://h/1", target: "name: us").count == 0)
    }

    @Test("are told of for clusters of the command line as well, which are in place of the file's targets")
    func flags() {
        func complaints(_ flag: String, _ target: String) -> [String] {
            Loading(
                """
                targets: [{url: '\(target)'}]
                remediation: {policies: [{name: a, stream: orders, group: g, min_idle: 1s, \(Self.dead), to_stream: dead}]}
                """, flags: SettingsFlags(redis: [flag])
            ).complaints()
        }
        #expect(complaints("redis+cluster://h", "redis://h").count == 1)
        #expect(complaints("redis://h", "redis+cluster://h") == [])
    }

    @Test("are told of by a check")
    func check() {
        let errors = #expect(throws: SettingsErrors.self) {
            try Loading(
                """
                targets: [{url: 'redis+cluster://h'}]
                remediation: {policies: [{name: a, stream: orders, group: g, min_idle: 1s, \(Self.dead), to_stream: dead}]}
                """
            ).check()
        }
        #expect(errors?.problems.count == 1)
    }
}
