import RedisClient
import Sampling
import StreamHealth
import StreamModel
import TestSupport

/// weir's own path from a server to the snapshot, without its process: polls when it is told to.
struct Watch {
    private var sampler: Sampler
    private var state: TargetState
    private let epoch = ContinuousClock.now
    /// Time as the test has it; nil: as it is.
    var clock: Timestamp?
    /// What the last poll said had happened.
    private(set) var events: [StreamEvent] = []

    /// What happened without when.
    struct Happening: Equatable {
        var kind: StreamEvent.Kind
        var group: Name?
        var entries: Int64?
        var restore: String?
    }

    var happenings: [Happening] {
        events.map { Happening(kind: $0.kind, group: $0.group, entries: $0.entries, restore: $0.restore) }
    }

    init(
        _ server: RedisServer, streams: [String], memoryLimitBytes: Int64? = nil,
        health: HealthSettings = HealthSettings()
    ) async throws {
        sampler = Sampler(
            topology: .single(server.endpoint), timeout: .seconds(10),
            selection: StreamSelection(patterns: streams.map { Glob($0) }, exclude: [], limit: 1000),
            plan: SamplingPlan(pendingRows: 1000, payloadGuard: 16_384, serverTime: .seconds(5)))
        state = TargetState(
            TargetState.Configuration(
                name: "test", node: server.node, database: 0, consumerSeries: 50, staleAfterMilliseconds: 15_000,
                health: health, memoryLimitBytes: memoryLimitBytes))
    }

    private var now: Timestamp {
        clock
            ?? Timestamp(milliseconds: Int64((ContinuousClock.now - epoch) / .milliseconds(1)))
    }

    /// One poll; `counting`: whether entries may be looked at where nothing else proves the lag.
    @discardableResult
    mutating func poll(counting: Bool = true) async throws -> TargetSnapshot {
        let start = now
        let known = state
        sampler.beginDiscovery()
        while sampler.discovery.isUnderWay { _ = try await sampler.discoverStep() }
        var sample = try await sampler.poll(at: start) { name, stream, servers in
            guard counting else { return ProbeRequest() }
            return known.wantedProbes(
                stream, named: name, among: servers, at: start, countLimit: Int64(SamplingPlan.countedEntries))
        }
        // The server's clock would seem to be set at each poll.
        if clock != nil { sample.nodes[0].clockOffsetMilliseconds = 0 }
        events = state.ingest(sample, startedAt: start, at: now)
        return state.snapshot(at: now, polling: sampler.statistics)
    }

    /// The group of the only stream.
    mutating func group(_ name: String) async throws -> GroupSnapshot? {
        try await poll().streams.first?.groups.first { $0.name == Name(name) }
    }

    /// A poll that fails, as the connection was lost with its server.
    mutating func missPoll() async {
        _ = try? await sampler.poll(at: now)
    }
}
