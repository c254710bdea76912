import Platform
import RedisClient
import Sampling
import Settings
import StreamHealth
import StreamModel

extension TargetSettings {
    func sampler(_ poll: PollSettings) -> Sampler {
        Sampler(
            topology: topology, timeout: poll.timeout,
            selection: StreamSelection(
                patterns: streams, exclude: exclude, limit: maxStreams,
                share: shard.map {
                    StreamShare($0, of: name, logicalStreams: LogicalStreams(logicalStreams))
                }),
            plan: SamplingPlan(poll))
    }

    func state(_ poll: PollSettings, _ health: HealthSettings) -> TargetState.Configuration {
        TargetState.Configuration(
            name: name, node: topology.name, dataSource: topology.dataSource, database: topology.access.database,
            consumerSeries: poll.consumerSeries, staleAfterMilliseconds: 3 * poll.interval.milliseconds,
            health: health, memoryLimitBytes: memoryLimitBytes, logicalStreams: LogicalStreams(logicalStreams))
    }
}
