import Alerting
import StreamModel
import Testing

@Suite("Eviction of streams")
struct EvictionRuleTests {
    private func target(_ policy: String, isEndangered: Bool?, expiring: Int = 0) -> RuledTarget {
        var target = RuledTarget()
        target.snapshot.nodes = [RuledTarget.up { $0.memory.policy = policy }]
        target.snapshot.nodes[0].evictionEndangersStreams = isEndangered
        target.snapshot.streams = (0..<9).map { number in
            var figures = StreamSnapshot.Figures.of(length: 1, last: 0, at: 0)
            figures.expires = number < expiring
            return RuledTarget.stream("s\(number)", figures)
        }
        return target
    }

    @Test(
        "is announced where it is possible, with the streams that have a time to live",
        arguments: [
            ("noeviction", false, 0, "clear"), ("allkeys-lru", nil, 0, "unknown"), ("volatile-lru", false, 0, "clear"),
            (
                "allkeys-lru", true, 0,
                "The maxmemory_policy of 10.0.0.1:6379 (allkeys-lru) lets it remove any key, streams too, when it reaches "
                    + "its maxmemory of 1000.0 MiB."
            ),
            (
                "volatile-ttl", true, 5,
                "The maxmemory_policy of 10.0.0.1:6379 (volatile-ttl) lets it remove keys that have a time to live when it "
                    + "reaches its maxmemory of 1000.0 MiB, and so have s0, s1, s2, s3, s4."
            ),
            (
                "volatile-ttl", true, 6,
                "The maxmemory_policy of 10.0.0.1:6379 (volatile-ttl) lets it remove keys that have a time to live when it "
                    + "reaches its maxmemory of 1000.0 MiB, and so have s0, s1, s2, s3, s4 and others."
            ),
        ] as [(String, Bool?, Int, String)])
    func endangered(policy: String, isEndangered: Bool?, expiring: Int, text: String) {
        var target = target(policy, isEndangered: isEndangered, expiring: expiring)
        #expect(target.look(.evictionEndangersStreams).text == text)
    }
}
