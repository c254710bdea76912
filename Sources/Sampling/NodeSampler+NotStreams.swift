import RedisClient
import StreamModel

extension NodeSampler {
    /// Looks whether the names that were no stream still are none, and gives those.
    ///
    /// Asking for their lengths and groups would be answered with errors at each poll, and the server counts them: whoever
    /// watches its errorstats would see weir's own.
    mutating func sampleNotStreams() async throws(RedisClientError) -> StreamResults {
        var results: StreamResults = [:]
        for batch in notStreams.sorted().batched(count: SamplingPlan.groupsPerBatch, limit: .max, weight: { _ in 0 })
        where denials["TYPE"] == nil {
            let replies = try await exchange(batch.map { RedisCommand("TYPE", key: $0.bytes) }).replies
            for (name, reply) in zip(batch, replies) {
                switch reply.content {
                case .status("stream"), .error: continue
                case .status("none"): results[name] = .failure(.noSuchKey)
                default: results[name] = .failure(.wrongType)
                }
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
