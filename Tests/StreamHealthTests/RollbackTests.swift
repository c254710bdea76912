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

    @Test("without the stream has lost all of it, and is said to once", arguments: [SampleError.noSuchKey, .wrongType])
    mutating func missing(error: SampleError) {
        _ = poll(0, run: "a", stream(1, 10, added: 12, groups: [group(delivered: 9)]))
        // What cannot be read is not gone.
        #expect(poll(5, run: "b", .failure(.noPermission(command: "XINFO STREAM"))) == [])
        let events = poll(10, run: "b", .failure(error))
        #expect(events.map(\.kind) == [.rolledBack])
        #expect(events.map(\.entries) == [12])
        #expect(events.map(\.isTotal) == [true])
        #expect(poll(15, run: "b", .failure(error)) == [])
        #expect(poll(20, run: "b", stream(30, 31)) == [])
    }

    @Test("without a stream whose counters say nothing of what was added has lost nobody knows how much")
    mutating func unknown() {
        _ = poll(0, run: "a", .success(.sample(length: 3, first: 1, last: 3, generated: 3)))
        let events = poll(5, run: "b", .failure(.noSuchKey))
        #expect(events.map(\.kind) == [.rolledBack])
        #expect(events.map(\.entries) == [nil])
    }

    @Test("under a run that is not known may be the same: a stream that is gone may have been deleted")
    mutating func unknownRun() {
        _ = poll(0, run: "a", stream(1, 10))
        target.ingest([Self.name: .failure(.noSuchKey)], at: 5, server: nil)
        #expect(target.snapshot(at: 5).events.isEmpty)
    }

    @Test("without a stream that was deleted before is not said to have lost it")
    mutating func deleted() {
        _ = poll(0, run: "a", stream(1, 10))
        #expect(poll(5, run: "a", .failure(.noSuchKey)) == [])
        #expect(poll(10, run: "b", .failure(.noSuchKey)) == [])
    }

    /// A poll for which there is nothing but what it asked about.
    private mutating func look(
        _ second: Int64, run: String, _ streams: StreamResults = [:], watched: Set<Name> = [], notSampled: Int = 0,
        discoveryError: SampleError? = nil
    ) -> [StreamEvent] {
        var server = ServerIdentity.redis(8, 0, 0)
        server.runID = run
        var node = NodeObservation()
        node.identity = server
        let sample = TargetSample(
            nodes: [
                NodeSample(
                    node: "h:6379", observation: .success(node), clockOffsetMilliseconds: 0, streams: streams)
            ], watched: watched, notSampled: notSampled,
            discoveryError: discoveryError)
        return target.state.ingest(sample, startedAt: Target.time(second), at: Target.time(second))
    }

    @Test("without a stream is seen as well where the key is dropped by the poll that misses it, or by discovery")
    mutating func dropped() {
        let names = (1...4).map { Name("s\($0)") }
        let seen = Dictionary(uniqueKeysWithValues: names.map { ($0, stream(1, 10)) })
        _ = look(0, run: "a", seen, watched: Set(names))
        // The first is found missing, the second is not there at discovery, the third is left out, the fourth is there.
        let events = look(
            5, run: "b", [names[0]: .failure(.noSuchKey), names[3]: stream(1, 10)], watched: [names[2], names[3]])
        #expect(events.map(\.stream) == [names[0], names[1]])
        #expect(events.map(\.kind) == [.rolledBack, .rolledBack])
        #expect(look(10, run: "b", watched: [names[3]]).map(\.stream) == [names[2]])
        #expect(look(15, run: "b", watched: []) == [])
    }

    @Test("without a stream is seen after a restart of weir, but of those that are still wanted alone")
    mutating func remembered() {
        let names = (1...3).map { Name("s\($0)") }
        _ = look(0, run: "a", Dictionary(uniqueKeysWithValues: names.map { ($0, stream(1, 10)) }), watched: Set(names))
        let memory = target.state.memory
        func restart() {
            target.state = TargetState(Target.configuration, memory: memory) { $0 != names[1] }
        }
        restart()
        #expect(look(60, run: "b", [names[2]: .failure(.noSuchKey)]).map(\.stream) == [names[2], names[0]])
        #expect(look(65, run: "b") == [])
        restart()
        #expect(look(60, run: "a") == [])
        // There may be one that is not looked at.
        restart()
        #expect(look(60, run: "b", notSampled: 1) == [])
        restart()
        #expect(look(60, run: "b", discoveryError: .noPermission(command: "SCAN")) == [])
    }

    @Test("empty is told of for two hundred streams at once")
    mutating func many() {
        let names = (1...200).map { Name("s\($0)") }
        _ = look(0, run: "a", Dictionary(uniqueKeysWithValues: names.map { ($0, stream(1, 10)) }), watched: Set(names))
        _ = look(5, run: "b", Dictionary(uniqueKeysWithValues: names.map { ($0, .failure(.noSuchKey)) }))
        #expect(Set(target.snapshot(at: 5).events.map(\.stream)) == Set(names))
    }
}
