import StreamModel

@testable import StreamHealth

/// A target's state that is fed and looked at on a clock of whole seconds.
struct Target {
    private static let start = Timestamp(milliseconds: 1_790_000_000_000)
    static let configuration = TargetState.Configuration(
        name: "t", node: "h:6379", database: 3, consumerSeries: 2, staleAfterMilliseconds: 15_000)

    var state = TargetState(configuration)

    static func time(_ second: Int64) -> Timestamp {
        start.advanced(byMilliseconds: second * 1_000)
    }

    /// An ID whose entry was made at `second` by weir's clock.
    static func made(_ second: Int64) -> UInt64 {
        UInt64(time(second).milliseconds)
    }

    /// `watched`: what there is beside the streams that were asked about.
    mutating func ingest(
        _ streams: [Name: Result<StreamObservation, SampleError>], at second: Int64, watched: Set<Name> = [],
        clockOffset: Int64? = 0, server: ServerIdentity? = .redis(8, 0, 0), notSampled: Int = 0,
        discoveryError: SampleError? = nil, hasLookedEverywhere: Bool = true,
        memory: NodeObservation.Memory = NodeObservation.Memory()
    ) {
        ingest(
            [Self.node("h:6379", streams, clockOffset: clockOffset, server: server, memory: memory)], at: second,
            watched: watched, notSampled: notSampled, discoveryError: discoveryError,
            hasLookedEverywhere: hasLookedEverywhere)
    }

    /// Says what happened since the last poll.
    @discardableResult
    mutating func ingest(
        _ nodes: [NodeSample], at second: Int64, watched: Set<Name> = [], unserved: StreamResults = [:],
        notSampled: Int = 0, discoveryError: SampleError? = nil, hasLookedEverywhere: Bool = true
    ) -> [StreamEvent] {
        var sample = TargetSample(
            nodes: nodes, watched: watched, notSampled: notSampled, discoveryError: discoveryError)
        sample.unserved = unserved
        sample.watched.formUnion(sample.streams.keys)
        sample.hasLookedEverywhere = hasLookedEverywhere
        return state.ingest(sample, startedAt: Self.time(second), at: Self.time(second))
    }

    /// A server that answered.
    static func node(
        _ name: String, _ streams: StreamResults, clockOffset: Int64? = 0, server: ServerIdentity? = .redis(8, 0, 0),
        memory: NodeObservation.Memory = NodeObservation.Memory(), slots: Int? = nil
    ) -> NodeSample {
        var node = NodeObservation()
        node.memory = memory
        node.identity = server
        return NodeSample(
            node: name, observation: .success(node), clockOffsetMilliseconds: clockOffset, streams: streams,
            slots: slots)
    }

    /// A server that did not, and that should hold the streams of these names.
    static func unreachable(_ name: String, _ streams: Name..., slots: Int? = nil) -> NodeSample {
        NodeSample(
            node: name, observation: .failure(NodeSample.Failure(reason: "no answer")),
            streams: Dictionary(
                uniqueKeysWithValues: streams.map { ($0, .failure(.unreachable(node: name, reason: "no answer"))) }),
            slots: slots)
    }

    func snapshot(at second: Int64) -> TargetSnapshot {
        state.snapshot(at: Self.time(second), polling: PollStatistics())
    }

    /// `wanted`: the groups that somebody has a policy for.
    func standing(at second: Int64, of wanted: Set<Name> = [Name("g")]) -> TargetStanding {
        state.standing(at: Self.time(second)) { wanted.contains($2) }
    }

    /// What the last poll has shown of the group `g`.
    func seen(at second: Int64) -> GroupStanding? { standing(at: second).groups.first }

    func stream(_ name: Name, at second: Int64) -> StreamSnapshot? {
        snapshot(at: second).streams.first { $0.name == name }
    }

    /// The group `g` of the stream `s`.
    func group(at second: Int64) -> GroupSnapshot? {
        stream(Name("s"), at: second)?.groups.first { $0.name == Name("g") }
    }
}
