import DemoWorkload
import RedisClient
import Sampling
import StreamModel

/// What one poll takes: of time, of bytes, and of the server.
struct PollBenchmark {
    private static let polls = 20
    private let population: Population

    init(_ population: Population) {
        self.population = population
    }

    func run(_ endpoint: RedisEndpoint) async throws {
        let connection = try await RedisConnection.onceUp(endpoint)
        var sampler = Sampler.unbounded(on: endpoint)
        sampler.beginDiscovery()
        _ = try await sampler.poll(at: Timestamp(milliseconds: 0))
        let before = try await connection.serverSeconds()
        let bytesBefore = sampler.statistics.bytesReceived
        var times: [Duration] = []
        for _ in 0..<Self.polls {
            let start = ContinuousClock.now
            _ = try await sampler.poll(at: Timestamp(milliseconds: 0))
            times.append(ContinuousClock.now - start)
        }
        let server = (try await connection.serverSeconds() - before) / Double(Self.polls)
        let bytes = (sampler.statistics.bytesReceived - bytesBefore) / UInt64(Self.polls)
        print(
            "poll  \(population.label): median \(Report.milliseconds(times.median)), redis CPU "
                + "\(Report.milliseconds(.seconds(server))), \(bytes / 1000) kB received")
    }
}

extension Sampler {
    /// A sampler that gets through every stream at each poll, whatever it costs.
    static func unbounded(on endpoint: RedisEndpoint) -> Sampler {
        Sampler(
            topology: .single(endpoint), timeout: .seconds(30),
            selection: StreamSelection(patterns: [Glob("*")], exclude: [], limit: 100_000),
            plan: SamplingPlan(pendingRows: 100_000, payloadGuard: 16_384, serverTime: .seconds(60)))
    }
}
