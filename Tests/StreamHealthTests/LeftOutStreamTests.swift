import StreamModel
import Testing

@testable import StreamHealth

/// A stream is compared with when it was last seen, which may be several polls back: a poll that runs out of its share
/// of the server leaves streams out.
@Suite("A stream that polls have left out")
struct LeftOutStreamTests {
    private static let name = Name("s")
    private var state = TargetState(
        TargetState.Configuration(
            name: "t", node: "n", database: 0, consumerSeries: 50, staleAfterMilliseconds: 60_000))

    /// A poll at `second`; `stream` is nil where it was left out.
    private mutating func poll(
        _ second: Int64, _ stream: Result<StreamObservation, SampleError>?, run: String = "first"
    ) -> [StreamEvent.Kind] {
        var node = NodeObservation()
        node.identity = ServerIdentity(kind: .redis, version: ServerVersion(8, 0, 0), role: "master", runID: run)
        let time = Timestamp(milliseconds: second * 1_000)
        let sample = TargetSample(
            nodes: [
                NodeSample(
                    node: "h:6379", observation: .success(node), clockOffsetMilliseconds: 0,
                    streams: stream.map { [Self.name: $0] } ?? [:])
            ], watched: [Self.name], notSampled: 0, discoveryError: nil)
        return state.ingest(sample, startedAt: time, at: time).map(\.kind)
    }

    private func stream(_ entries: UInt64, delivered: UInt64, idle: Int64 = 0) -> Result<StreamObservation, SampleError>
    {
        let group = GroupObservation.sample(
            delivered: delivered, consumers: [.sample("c", idle: idle)])
        return .success(
            .sample(
                length: Int64(entries), first: 1, last: entries, generated: entries, deleted: 0, added: Int64(entries),
                groups: [group]))
    }

    @Test("has rolled back, although the first poll after the restart did not see it")
    mutating func restart() {
        #expect(poll(0, stream(10, delivered: 10)) == [])
        #expect(poll(5, nil, run: "second") == [])
        #expect(poll(10, stream(6, delivered: 6), run: "second") == [.rolledBack])
    }

    @Test("was read, where its consumer was seen since it was last looked at")
    mutating func read() {
        #expect(poll(0, stream(10, delivered: 2)) == [])
        #expect(poll(5, nil) == [])
        #expect(poll(10, stream(10, delivered: 8, idle: 7_000)) == [])
    }

    @Test("was skipped, where no consumer was")
    mutating func skipped() {
        #expect(poll(0, stream(10, delivered: 2)) == [])
        #expect(poll(5, nil) == [])
        #expect(poll(10, stream(10, delivered: 8, idle: 11_000)) == [.skipped])
    }

    @Test("is another one, where its key was gone meanwhile")
    mutating func gone() {
        #expect(poll(0, stream(10, delivered: 8)) == [])
        #expect(poll(5, .failure(.noSuchKey)) == [])
        #expect(poll(10, stream(12, delivered: 0)) == [])
    }

    @Test("is the same, where it could not be read meanwhile")
    mutating func refused() {
        #expect(poll(0, stream(10, delivered: 8)) == [])
        #expect(poll(5, .failure(.noPermission(command: "XINFO GROUPS"))) == [])
        #expect(poll(10, stream(4, delivered: 4)) == [.recreated])
    }
}
