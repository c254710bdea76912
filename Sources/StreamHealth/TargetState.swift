package import StreamModel

/// The rolling state of one target: fed by samples, read as snapshots.
///
/// It holds no clock and does no I/O.
package struct TargetState: Equatable, Sendable {
    package struct Configuration: Equatable, Sendable {
        package var name: String
        package var node: String
        package var database: Int
        package var consumerSeries: Int
        /// A target that could not be polled for so long has no stream series any more: old figures would lie.
        package var staleAfterMilliseconds: Int64
        package var thresholds = HealthThresholds()

        package init(
            name: String, node: String, database: Int, consumerSeries: Int, staleAfterMilliseconds: Int64
        ) {
            self.name = name
            self.node = node
            self.database = database
            self.consumerSeries = consumerSeries
            self.staleAfterMilliseconds = staleAfterMilliseconds
        }
    }

    package var configuration: Configuration
    private var node: NodeObservation?
    private var clockOffsetMilliseconds: Int64?
    private var streams: [Name: StreamState] = [:]
    private var notSampled = 0
    private var lastSampled: Timestamp?
    private var isUp = false
    private var error: String?

    package init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// A poll succeeded.
    ///
    /// `now` is weir's clock, at the poll's end.
    package mutating func ingest(_ sample: TargetSample, at now: Timestamp) {
        isUp = true
        error = sample.discoveryError.map { "streams cannot be found by pattern: \($0)" }
        lastSampled = now
        node = sample.node
        clockOffsetMilliseconds = sample.clockOffsetMilliseconds
        notSampled = sample.notSampled
        streams = streams.filter { sample.watched.contains($0.key) }
        for (name, result) in sample.streams {
            streams[name, default: StreamState(at: now)].ingest(
                result, at: now, consumerSeries: configuration.consumerSeries, thresholds: configuration.thresholds)
        }
    }

    /// A poll failed as a whole.
    package mutating func fail(_ error: String) {
        isUp = false
        self.error = error
    }

    /// How it stands at `now`, on weir's clock.
    package func snapshot(at now: Timestamp, polling: PollStatistics) -> TargetSnapshot {
        let age = lastSampled.map { now.milliseconds(since: $0) }
        let isCurrent = isUp || age.map { $0 <= configuration.staleAfterMilliseconds } == true
        let serverTime = clockOffsetMilliseconds.map { now.advanced(byMilliseconds: $0) }
        let snapshots = streams.sorted { $0.key < $1.key }.map { name, stream in
            stream.snapshot(
                name: name, database: configuration.database, node: configuration.node, server: node?.identity,
                serverTime: serverTime, now: now, thresholds: configuration.thresholds)
        }
        let nodes = [
            NodeSnapshot(
                node: configuration.node, isUp: isUp, error: isUp ? nil : error, observation: isUp ? node : nil)
        ]
        return TargetSnapshot(
            name: configuration.name, isUp: isUp, error: error, nodes: nodes, streams: isCurrent ? snapshots : [],
            streamsNotSampled: isCurrent ? notSampled : 0, polling: polling)
    }
}
