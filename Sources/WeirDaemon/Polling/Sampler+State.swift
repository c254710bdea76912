import RedisClient
import Sampling
import StreamHealth
import StreamModel

extension Sampler {
    /// One poll, which looks at what the state needs to know most.
    mutating func poll(for state: TargetState, at now: Timestamp) async throws(RedisClientError) -> TargetSample {
        try await poll(at: now, first: state.restlessStreams) { name, stream, servers in
            state.wantedProbes(
                stream, named: name, among: servers, at: now, countLimit: Int64(SamplingPlan.countedEntries))
        }
    }
}
