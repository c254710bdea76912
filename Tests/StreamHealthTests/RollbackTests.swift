import StreamModel
import Testing

@testable import StreamHealth

/// What a server that was restarted has lost, as the next look tells it.
@Suite("A server that came back")
struct RollbackTests {
    private static let name = Name("s")
    private var target = Target()

    /// The entries from `first` to `last`, all of which were added to this very stream; `added`: more that are gone.
    private func stream(
        _ first: UInt64, _ last: UInt64, added: Int64? = nil, groups: [GroupObservation] = []
    ) -> Result<StreamObservation, SampleError> {
        let length = Int64(last - first) + 1
        return .success(
            .sample(
                length: length, first: first, last: last, generated: last, deleted: 0, added: added ?? length,
                groups: groups))
    }

    private func group(_ name: String = "g", delivered: UInt64) -> GroupObservation {
        .sample(name, delivered: delivered, consumers: [.sample("c")])
    }

    /// What a poll at `second` tells of the stream; `stream`: nil where it was left out.
    private mutating func poll(
        _ second: Int64, run: String, _ stream: Result<StreamObservation, SampleError>?
    ) -> [StreamEvent] {
        var server = ServerIdentity.redis(8, 0, 0)
        server.runID = run
        let before = target.snapshot(at: second).events.count
        target.ingest(stream.map { [Self.name: $0] } ?? [:], at: second, watched: [Self.name], server: server)
        return Array(target.snapshot(at: second).events.dropFirst(before))
    }

    @Test("gives no command that would keep entries from those who had not acknowledged them")
    mutating func noRestore() {
        _ = poll(0, run: "a", stream(1, 10, groups: [group(delivered: 9)]))
        let events = poll(5, run: "b", stream(1, 7, groups: [group(delivered: 5)]))
        #expect(events.map(\.kind) == [.rolledBack, .rolledBack])
        #expect(events.map(\.restore) == [nil, nil])
    }

    @Test("gives no command for a group that vanished with it, or before it went", arguments: ["a", "b"])
    mutating func vanished(run: String) {
        _ = poll(0, run: "a", stream(1, 10, groups: [group(delivered: 9), group("h", delivered: 4)]))
        let before = poll(5, run: "a", stream(1, 10, groups: [group(delivered: 9)]))
        #expect(before.map(\.restore) == ["XGROUP CREATE s h 4-0"])
        // On the same run it was made anew, on another nothing was lost but the group.
        let events = poll(10, run: run, run == "a" ? stream(1, 3) : stream(1, 10))
        #expect(events.map(\.kind) == (run == "a" ? [.recreated, .vanished] : [.vanished]))
        #expect(events.allSatisfy { $0.restore == nil })
        #expect(target.stream(Self.name, at: 10)?.vanishedGroups.map(\.restore) == [nil, nil])
    }

    @Test("empty, and to whose stream was added before the first look, has lost all that had been added")
    mutating func addedAgain() {
        _ = poll(0, run: "a", stream(1, 10, groups: [group(delivered: 9)]))
        let events = poll(5, run: "b", stream(21, 33, groups: [group(delivered: 0)]))
        #expect(events.map(\.kind) == [.rolledBack])
        #expect(events.map(\.entries) == [10])
        #expect(events.map(\.isTotal) == [true])
        #expect(poll(10, run: "b", stream(21, 34)).map(\.kind) == [.vanished])
    }

    @Test("empty, and whose stream was made again for a group alone, has lost all that had been added")
    mutating func madeForGroup() {
        _ = poll(0, run: "a", stream(1, 10, groups: [group(delivered: 9)]))
        let empty = StreamObservation.sample(
            length: 0, first: nil, last: nil, generated: 0, deleted: 0, added: 0, groups: [group(delivered: 0)])
        let events = poll(5, run: "b", .success(empty))
        #expect(events.map(\.kind) == [.rolledBack])
        #expect(events.map(\.entries) == [10])
        #expect(events.map(\.isTotal) == [true])
    }

    @Test("with a stream that is trimmed to less than what was added since has lost what is proven")
    mutating func trimmedSince() {
        // It came back as it was after 900, and 60 have been added since, of which 50 were kept.
        _ = poll(0, run: "a", stream(951, 1_000, added: 1_000, groups: [group(delivered: 1_000)]))
        let events = poll(5, run: "b", stream(1_011, 1_060, added: 960, groups: [group(delivered: 900)]))
        // All that the group will be given is new to it.
        #expect(events.map(\.kind) == [.rolledBack])
        #expect(events.map(\.entries) == [90])
        #expect(events.map(\.isTotal) == [false])
    }

    @Test("on the same run, with a stream that has new entries only: it was made anew")
    mutating func madeAnew() {
        _ = poll(0, run: "a", stream(1, 10))
        let events = poll(5, run: "a", stream(21, 23))
        #expect(events.map(\.kind) == [.recreated])
        #expect(events.map(\.isTotal) == [false])
    }
}
