import CPlatform
import DemoWorkload
import RedisClient

/// Measures what weir costs, on a redis-server of its own.
///
/// `swift run -c release Bench` prints a table.
@main
enum Bench {
    static func main() async throws {
        weir_tune_malloc()
        MemoryBenchmark.run()
        RemediationBenchmark.run()
        try await DeliveryBenchmark.run()
        let redis = try ThrowawayRedis()
        defer { redis.stop() }
        for streams in [100, 1_000, 5_000] {
            let population = Population(streams: streams, groups: 2, consumers: 3)
            try await population.fill(redis.endpoint)
            try await PlanBenchmark(population).run(redis.endpoint)
            try await PollBenchmark(population).run(redis.endpoint)
            try await PageBenchmark(population).run(redis.endpoint)
        }
    }
}
