import StreamModel

/// What is remembered of one stream from poll to poll.
struct StreamState: Equatable, Sendable {
    /// Nil where the last attempt failed.
    private var observation: StreamObservation?
    private var error: SampleError?
    private var sampledAt: Timestamp
    private var groups: [Name: GroupState] = [:]

    init(at now: Timestamp) {
        sampledAt = now
    }

    mutating func ingest(
        _ result: Result<StreamObservation, SampleError>, at now: Timestamp, consumerSeries: Int,
        thresholds: HealthThresholds
    ) {
        sampledAt = now
        switch result {
        case .failure(let error):
            self.error = error
            observation = nil
        case .success(let stream):
            error = nil
            observation = stream
            var seen: [Name: GroupState] = [:]
            for group in stream.groups {
                var state = groups[group.name] ?? GroupState(group)
                state.ingest(group, at: now, consumerSeries: consumerSeries, thresholds: thresholds)
                seen[group.name] = state
            }
            groups = seen
        }
    }

    /// `serverTime` is the server's clock at `now`, nil where it is not known.
    func snapshot(
        name: Name, database: Int, node: String, server: ServerIdentity?, serverTime: Timestamp?, now: Timestamp,
        thresholds: HealthThresholds
    ) -> StreamSnapshot {
        let figures = observation.map { StreamSnapshot.Figures($0, serverTime: serverTime) }
        let groups = observation.map { stream in
            self.groups.sorted { $0.key < $1.key }.map { _, group in
                group.snapshot(in: stream, on: server, serverTime: serverTime, now: now, thresholds: thresholds)
            }
        }
        return StreamSnapshot(
            name: name, database: database, node: node, error: error,
            sampleAgeSeconds: Double(max(0, now.milliseconds(since: sampledAt))) / 1000, figures: figures,
            groups: groups ?? [])
    }
}

extension StreamSnapshot.Figures {
    fileprivate init(_ stream: StreamObservation, serverTime: Timestamp?) {
        func age(_ id: StreamID?) -> Double? {
            guard stream.countersAreCurrent, let id, let serverTime else { return nil }
            return id.ageMilliseconds(at: serverTime).map { Double($0) / 1000 }
        }
        self.init(
            length: stream.length, counters: stream.counters, firstEntryAgeSeconds: age(stream.counters.firstEntryID),
            lastEntryAgeSeconds: age(stream.counters.lastEntryID))
    }
}
