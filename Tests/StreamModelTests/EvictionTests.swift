import StreamModel
import Testing

@Suite("What a server evicts")
struct EvictionTests {
    private func memory(_ policy: String?, _ maximum: Int64?) -> NodeObservation.Memory {
        var memory = NodeObservation.Memory()
        (memory.policy, memory.maxBytes) = (policy, maximum)
        return memory
    }

    @Test(
        "is told by its policy, where it has a limit",
        arguments: [
            ("noeviction", 1, .nothing), ("noeviction", 0, .nothing), ("allkeys-lru", 1, .anyKey),
            ("allkeys-random", 1, .anyKey), ("allkeys-lfu", 0, .nothing), ("volatile-lru", 1, .expiringKeys),
            ("volatile-ttl", 1, .expiringKeys), ("volatile-ttl", 0, .nothing), ("something-else", 1, nil),
            (nil, 1, nil), ("allkeys-lru", nil, nil),
        ] as [(String?, Int64?, Eviction?)])
    func eviction(policy: String?, maximum: Int64?, eviction: Eviction?) {
        #expect(memory(policy, maximum).eviction == eviction)
    }

    @Test(
        "may be a stream",
        arguments: [
            ("noeviction", [true], false), ("allkeys-lru", [], true), ("allkeys-lru", [nil], true),
            ("volatile-lru", [], false), ("volatile-lru", [false, false], false),
            ("volatile-lru", [false, true], true),
            ("volatile-lru", [nil, true], true), ("volatile-lru", [false, nil], nil), (nil, [true], nil),
        ] as [(String?, [Bool?], Bool?)])
    func streams(policy: String?, expiring: [Bool?], isEndangered: Bool?) {
        let streams = expiring.map { stream(nil, expires: $0) }
        #expect(memory(policy, 1).evictionEndangers(streams) == isEndangered)
    }

    @Test(
        "may be a stream that cannot be read, but not one that is gone",
        arguments: [
            (.noSuchKey, false), (.wrongType, false), (.noPermission(command: "XLEN"), nil),
        ] as [(SampleError, Bool?)])
    func failing(error: SampleError, isEndangered: Bool?) {
        let streams = [stream(nil, expires: false), stream(error, expires: nil)]
        #expect(memory("volatile-lru", 1).evictionEndangers(streams) == isEndangered)
    }

    @Test(
        "begins at its limit, else at the configured one",
        arguments: [(5, 9, 5), (0, 9, 9), (nil, 9, 9), (0, nil, nil), (5, nil, 5)] as [(Int64?, Int64?, Int64?)])
    func limit(maximum: Int64?, configured: Int64?, limit: Int64?) {
        #expect(memory(nil, maximum).limitBytes(configured: configured) == limit)
    }

    private func stream(_ error: SampleError?, expires: Bool?) -> StreamSnapshot {
        var figures = StreamSnapshot.Figures(
            length: 1, counters: nil, firstEntryAgeSeconds: nil, lastEntryAgeSeconds: nil)
        figures.expires = expires
        return StreamSnapshot(
            name: Name("s"), database: 0, node: "n", error: error, sampleAgeSeconds: 0,
            figures: error == nil ? figures : nil, groups: [])
    }
}
