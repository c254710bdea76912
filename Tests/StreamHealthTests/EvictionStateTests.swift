import StreamModel
import Testing

@testable import StreamHealth

@Suite("Eviction, as a target's state tells it")
struct EvictionStateTests {
    private static let name = Name("s")

    private func look(_ target: inout Target, policy: String, expires: Bool?) {
        var stream = StreamObservation.sample(length: 1, first: 10, last: 10, generated: 10)
        stream.expires = expires
        var node = NodeObservation()
        (node.memory.maxBytes, node.memory.policy) = (1, policy)
        let sample = TargetSample(
            nodes: [
                NodeSample(
                    node: "h:6379", observation: .success(node), clockOffsetMilliseconds: 0,
                    streams: [Self.name: .success(stream)])
            ], watched: [Self.name],
            notSampled: 0, discoveryError: nil)
        _ = target.state.ingest(sample, startedAt: Target.time(0), at: Target.time(0))
    }

    @Test(
        "is whether the server may evict it, as long as the server is up",
        arguments: [
            ("volatile-lru", true, true), ("volatile-lru", false, false), ("volatile-lru", nil, nil),
            ("allkeys-lru", nil, true),
        ] as [(String, Bool?, Bool?)])
    func eviction(policy: String, expires: Bool?, isEndangered: Bool?) throws {
        var target = Target()
        look(&target, policy: policy, expires: expires)
        let snapshot = target.snapshot(at: 0)
        #expect(snapshot.nodes.first?.evictionEndangersStreams == isEndangered)
        #expect(snapshot.streams.first?.figures?.expires == expires)
        target.state.fail("gone")
        #expect(target.snapshot(at: 5).nodes.map(\.evictionEndangersStreams) == [nil])
    }
}
