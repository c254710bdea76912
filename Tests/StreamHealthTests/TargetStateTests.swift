import StreamModel
import Testing

@testable import StreamHealth

@Suite("A target's state")
struct TargetStateTests {
    private static let orders = Name("orders")
    private static let stream = StreamObservation.sample(
        length: 2, first: 10, last: 20, generated: 20, deleted: 0, added: 2,
        groups: [.sample("b", delivered: 20), .sample("a", delivered: 0)])

    @Test("does not show all there is until every stream that was found has been sampled once")
    func sampledByAndBy() {
        var target = Target()
        let watched: Set = [Self.orders, Name("billing")]
        target.ingest([Self.orders: .success(Self.stream)], at: 0, watched: watched)
        #expect(!target.snapshot(at: 0).hasLookedEverywhere)
        target.ingest([Name("billing"): .success(Self.stream)], at: 5, watched: watched)
        #expect(target.snapshot(at: 5).hasLookedEverywhere)
        target.ingest([:], at: 10, watched: watched)
        #expect(target.snapshot(at: 10).hasLookedEverywhere)
    }

    @Test("before the first poll is that nothing is known")
    func untouched() {
        let snapshot = Target().snapshot(at: 0)
        #expect(snapshot.name == "t")
        #expect(!snapshot.isUp)
        #expect(snapshot.streams.isEmpty)
        #expect(snapshot.nodes == [NodeSnapshot(node: "h:6379", isUp: false, error: nil, observation: nil)])
    }

    @Test("is what the last poll saw, by name")
    func ingested() throws {
        var target = Target()
        target.ingest(
            [Self.orders: .success(Self.stream), Name("billing"): .success(Self.stream)], at: 0, notSampled: 7)
        let snapshot = target.snapshot(at: 4)
        #expect(snapshot.isUp)
        #expect(snapshot.error == nil)
        #expect(snapshot.streamsNotSampled == 7)
        #expect(snapshot.nodes.first?.observation?.identity == .redis(8, 0, 0))
        #expect(snapshot.streams.map(\.name) == [Name("billing"), Self.orders])
        let stream = try #require(snapshot.streams.last)
        #expect(stream.node == "h:6379")
        #expect(stream.database == 3)
        #expect(stream.error == nil)
        #expect(stream.sampleAgeSeconds == 4)
        #expect(stream.figures?.length == 2)
        #expect(stream.groups.map(\.name) == [Name("a"), Name("b")])
        #expect(stream.groups.map(\.lag) == [.exact(2), .exact(0)])
    }

    @Test("that cannot be polled any more keeps its figures for a while, and then drops them")
    func failing() {
        var target = Target()
        target.ingest([Self.orders: .success(Self.stream)], at: 0)
        target.state.fail("no answer")
        let soon = target.snapshot(at: 15)
        #expect(!soon.isUp)
        #expect(soon.error == "no answer")
        var node = NodeSnapshot(node: "h:6379", isUp: false, error: "no answer", observation: nil)
        node.streams = 1
        #expect(soon.nodes == [node])
        #expect(soon.streams.map(\.sampleAgeSeconds) == [15])
        #expect(target.snapshot(at: 16).streams.isEmpty)

        target.ingest([Self.orders: .success(Self.stream)], at: 20)
        let recovered = target.snapshot(at: 20)
        #expect(recovered.isUp)
        #expect(recovered.error == nil)
        #expect(recovered.streams.count == 1)
    }

    @Test("that never could be polled has an error and no streams")
    func neverUp() {
        var target = Target()
        target.state.fail("cannot connect")
        #expect(target.snapshot(at: 0).error == "cannot connect")
        #expect(target.snapshot(at: 0).streams.isEmpty)
    }

    @Test("forgets streams that are not watched any more, and keeps those that were not asked about")
    func watched() {
        var target = Target()
        target.ingest([Self.orders: .success(Self.stream), Name("gone"): .success(Self.stream)], at: 0)
        target.ingest([:], at: 5, watched: [Self.orders])
        #expect(target.snapshot(at: 5).streams.map(\.name) == [Self.orders])
        #expect(target.stream(Self.orders, at: 5)?.sampleAgeSeconds == 5)
    }

    @Test("A stream that fails has its error and nothing else, and hides no other")
    func failingStream() throws {
        var target = Target()
        let other = Name("other")
        target.ingest([Self.orders: .success(Self.stream), other: .success(Self.stream)], at: 0)
        target.ingest([Self.orders: .failure(.wrongType), other: .success(Self.stream)], at: 5)
        let stream = try #require(target.stream(Self.orders, at: 5))
        #expect(stream.error == .wrongType)
        #expect(stream.figures == nil)
        #expect(stream.groups.isEmpty)
        #expect(target.stream(other, at: 5)?.figures?.length == 2)
        #expect(target.snapshot(at: 5).isUp)

        target.ingest([Self.orders: .success(Self.stream)], at: 10, watched: [other])
        #expect(target.stream(Self.orders, at: 10)?.error == nil)
        #expect(target.stream(Self.orders, at: 10)?.groups.count == 2)
    }

    @Test("A group that is gone has no snapshot, and one that comes back starts anew")
    func vanishedGroup() throws {
        var target = Target()
        func see(_ groups: [GroupObservation], at second: Int64) {
            var stream = Self.stream
            stream.groups = groups
            target.ingest([Name("s"): .success(stream)], at: second)
        }
        let group = GroupObservation.sample(delivered: 20, pending: 1, head: [.sample(10, idle: 0)])
        see([group], at: 0)
        #expect(target.group(at: 10)?.pending.oldestAgeSeconds == 10)
        see([], at: 20)
        #expect(target.group(at: 20) == nil)
        see([group], at: 30)
        #expect(target.group(at: 30)?.pending.oldestAgeSeconds == 0)
    }

    @Test("A stream that could be read while patterns cannot be searched for is shown beside the error")
    func discoveryError() {
        var target = Target()
        target.ingest(
            [Self.orders: .success(Self.stream)], at: 0, discoveryError: .noPermission(command: "SCAN"))
        let snapshot = target.snapshot(at: 0)
        #expect(snapshot.isUp)
        #expect(snapshot.error == "streams cannot be found by pattern: this user may not run SCAN on it")
        #expect(snapshot.nodes.first?.error == nil)
        #expect(snapshot.streams.count == 1)
        target.ingest([Self.orders: .success(Self.stream)], at: 5)
        #expect(target.snapshot(at: 5).error == nil)
    }
}
