import Platform
import RedisClient
import Sampling
import StreamHealth
import StreamModel
import TestSupport

/// Watches the stream `s` and its group `g` on a real server: a window of 1 s, polled every 50 ms, stale after 500 ms.
struct StatusWatch {
    private static let interval = Duration.milliseconds(50)

    /// What one poll showed.
    struct Look {
        var group: GroupStatus
        var consumers: [String: ConsumerStatus?]
    }

    private var sampler: Sampler
    private var state: TargetState
    private let start = ContinuousClock.now
    /// How far the server's clock seems to have been set.
    var clockJump = Duration.zero

    init(_ server: RedisServer) async throws {
        sampler = Sampler(
            topology: .single(server.endpoint), timeout: .seconds(5),
            selection: StreamSelection(patterns: [Glob("s")], exclude: [], limit: 1),
            plan: SamplingPlan(pendingRows: 10_000, payloadGuard: 1 << 20, serverTime: .seconds(1)))
        var health = HealthSettings()
        health.usual.windowMilliseconds = 1_000
        health.usual.staleAfterMilliseconds = 500
        state = TargetState(
            TargetState.Configuration(
                name: "t", node: server.node, database: 0, consumerSeries: 50, staleAfterMilliseconds: 60_000,
                health: health))
    }

    private var now: Timestamp {
        let elapsed = ContinuousClock.now - start
        return Timestamp(milliseconds: 1_790_000_000_000 + Int64(elapsed / .milliseconds(1)))
    }

    /// Polls once; nil where the poll failed, or the group is not there.
    mutating func poll() async throws -> Look? {
        do {
            let began = now
            // With the looks at undelivered entries that the daemon asks for: before Redis 7.0 no lag is known without.
            let known = state
            var sample = try await sampler.poll(at: began) { name, stream, servers in
                known.wantedProbes(
                    stream, named: name, among: servers, at: began, countLimit: Int64(SamplingPlan.countedEntries))
            }
            sample.nodes[0].clockOffsetMilliseconds = sample.nodes[0].clockOffsetMilliseconds.map {
                $0 + clockJump.milliseconds
            }
            _ = state.ingest(sample, startedAt: began, at: now)
        } catch {
            state.fail("\(error)")
            return nil
        }
        let snapshot = state.snapshot(at: now, polling: PollStatistics())
        guard let group = snapshot.streams.first?.groups.first else { return nil }
        return Look(
            group: group.status,
            consumers: Dictionary(uniqueKeysWithValues: group.consumers.map { ($0.name.text, $0.status) }))
    }

    /// Polls until `isDone`, doing `work` between polls, and returns every look.
    @discardableResult
    mutating func look(
        within limit: Duration = .seconds(10), _ work: () async throws -> Void = {}, until isDone: (Look) -> Bool
    ) async throws -> [Look] {
        let deadline = ContinuousClock.now + limit
        var looks: [Look] = []
        while ContinuousClock.now < deadline {
            try await work()
            if let look = try await poll() {
                looks.append(look)
                if isDone(look) { return looks }
            }
            try await Task.sleep(for: Self.interval)
        }
        throw TestFailure.neverHappened(within: limit, last: "\(looks.suffix(3))")
    }

    /// Polls for so long, and returns every look: for what must not be seen, there is no event to wait for.
    @discardableResult
    mutating func look(
        for duration: Duration, _ work: () async throws -> Void = {}
    ) async throws -> [Look] {
        let end = ContinuousClock.now + duration
        return try await look(within: duration + .seconds(10), work) { _ in ContinuousClock.now >= end }
    }
}

extension [StatusWatch.Look] {
    /// Every status that the group has had.
    var groups: Set<GroupStatus> { Set(map(\.group)) }

    /// Every status that the consumer has had, as far as it had one.
    func statuses(_ consumer: String) -> Set<ConsumerStatus> {
        Set(compactMap { $0.consumers[consumer] ?? nil })
    }
}
