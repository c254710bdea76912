import RedisClient
import StreamModel

extension Sampler {
    /// Looks whether the names that were no stream still are none, and gives those.
    ///
    /// Asking for their lengths and groups would be answered with errors at each poll, and the server counts them: whoever
    /// watches its errorstats would see weir's own.
    mutating func sampleNotStreams() async throws(RedisClientError) -> StreamResults {
        let names = notStreams.intersection(discovery.watched).sorted()
        guard !names.isEmpty else { return [:] }
        let replies = try await exchange(names.map { RedisCommand("TYPE", key: $0.bytes) }).replies
        var results: StreamResults = [:]
        for (name, reply) in zip(names, replies) {
            switch reply {
            case .status("stream"), .error: continue
            case .status("none"): results[name] = .failure(.noSuchKey)
            default: results[name] = .failure(.wrongType)
            }
        }
        return results
    }
}

extension Result<StreamObservation, SampleError> {
    var isNoStream: Bool {
        switch self {
        case .failure(.noSuchKey), .failure(.wrongType): true
        default: false
        }
    }
}
