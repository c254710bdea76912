import CMalloc
import StreamHealth
import StreamModel

/// What the rolling state takes of memory for each group, after more than a window of polls at the usual settings.
struct MemoryBenchmark {
    private static let polls = 40
    private let streams: Int
    private let groups: Int
    private let consumers: Int

    init(streams: Int, groups: Int, consumers: Int) {
        self.streams = streams
        self.groups = groups
        self.consumers = consumers
    }

    /// What a group adds is what is left when the stream's own part, of a stream without groups, is taken off.
    static func run() {
        let bare = MemoryBenchmark(streams: 1_000, groups: 0, consumers: 0).bytesPerStream()
        print("state of a stream: \(bare) B")
        for (groups, consumers) in [(1, 1), (2, 3), (10, 0), (10, 3)] {
            let whole = MemoryBenchmark(streams: 1_000, groups: groups, consumers: consumers).bytesPerStream()
            print("state of a group with \(consumers) consumers, \(groups) on a stream: \((whole - bare) / groups) B")
        }
    }

    private func bytesPerStream() -> Int {
        let before = Int(bench_allocated_bytes())
        let state = filledState()
        let perStream = (Int(bench_allocated_bytes()) - before) / streams
        return withExtendedLifetime(state) { perStream }
    }

    /// After all its polls.
    func filledState() -> TargetState {
        var state = TargetState(
            TargetState.Configuration(
                name: "bench", node: "127.0.0.1:6379", database: 0, consumerSeries: 50,
                staleAfterMilliseconds: 15_000))
        let names = (0..<streams).map { Name("stream:\($0)") }
        for poll in 0..<Self.polls {
            let now = Self.time(ofPoll: poll)
            _ = state.ingest(sample(names, poll: Int64(poll), at: now), startedAt: now, at: now)
        }
        return state
    }

    static var lastPoll: Timestamp { time(ofPoll: polls - 1) }

    private static func time(ofPoll poll: Int) -> Timestamp {
        Timestamp(milliseconds: 1_790_000_000_000 + Int64(poll) * 5_000)
    }

    /// Every group is given 50 entries between two polls, each of its consumers then holds one, and 7 more wait.
    private func sample(_ names: [Name], poll: Int64, at now: Timestamp) -> TargetSample {
        var results: StreamResults = [:]
        for name in names { results[name] = .success(stream(poll: poll, at: now)) }
        var node = NodeObservation()
        node.identity = ServerIdentity(kind: .redis, version: ServerVersion(7, 0, 15), role: "master", runID: "a1")
        node.memory.usedBytes = 1 << 30
        return TargetSample(
            nodes: [
                NodeSample(
                    node: "127.0.0.1:6379", observation: .success(node), clockOffsetMilliseconds: 0, streams: results)
            ], watched: Set(names), notSampled: 0,
            discoveryError: nil)
    }

    private func stream(poll: Int64, at now: Timestamp) -> StreamObservation {
        let added = 1_000 + poll * 50
        func id(_ back: Int64) -> StreamID {
            StreamID(milliseconds: UInt64(now.milliseconds - back * 100), sequence: 0)
        }
        let groups = (0..<self.groups).map { index in
            var group = GroupObservation(
                name: Name("group-\(index)"), consumerCount: Int64(consumers), pending: Int64(consumers),
                lastDeliveredID: id(7), entriesRead: added - 7, reportedLag: 7)
            let consumers = (0..<self.consumers).map { Name("consumer-\($0)") }
            group.consumers = consumers.map {
                ConsumerObservation(name: $0, pending: 1, idleMilliseconds: 100, inactiveMilliseconds: 100)
            }
            let rows = consumers.enumerated().map { index, consumer in
                PendingEntry(
                    id: id(7 + Int64(consumers.count - index)), consumer: consumer,
                    idleMilliseconds: Int64(index) * 150, deliveries: 1)
            }
            group.pendingPage = PendingPage(rows: rows, startsSweep: true, endsSweep: true)
            return group
        }
        return StreamObservation(
            length: 1_000,
            counters: StreamCounters(
                radixTreeKeys: 10, radixTreeNodes: 20, groups: Int64(self.groups), lastGeneratedID: id(0),
                firstEntryID: id(1_000), lastEntryID: id(0), maxDeletedEntryID: .zero, entriesAdded: added),
            countersAreCurrent: true, groups: groups)
    }
}
