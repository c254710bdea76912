import DemoWorkload
import Exposition
import HTTPServer
import RedisClient
import Sampling
import StreamHealth
import StreamModel

/// What making the metrics page takes, from the state on.
struct PageBenchmark {
    private static let rounds = 10
    private let population: Population

    init(_ population: Population) {
        self.population = population
    }

    func run(_ endpoint: RedisEndpoint) async throws {
        var sampler = Sampler.unbounded(on: endpoint)
        sampler.beginDiscovery()
        let now = Timestamp(milliseconds: 0)
        let sample = try await sampler.poll(at: now)
        var state = TargetState(
            TargetState.Configuration(
                name: "bench", node: endpoint.node, database: 0, consumerSeries: 50, staleAfterMilliseconds: 15_000))
        let statistics = sampler.statistics
        let ingest = median { _ = state.ingest(sample, startedAt: now, at: now) }
        let snapshot = state.snapshot(at: now, polling: statistics)
        let summarize = median { _ = state.snapshot(at: now, polling: statistics) }
        var page = MetricsPage([], process: nil, format: .text)
        let render = median { page = MetricsPage([snapshot], process: nil, format: .text) }
        var block = [UInt8](repeating: 0, count: 65536)
        let write = median {
            var reader = MetricsPageReader(page)
            while unsafe block.withUnsafeMutableBytes({ unsafe reader.read(into: $0) }) > 0 {}
        }
        var text: [UInt8] = []
        var reader = MetricsPageReader(page)
        while true {
            let count = unsafe block.withUnsafeMutableBytes { unsafe reader.read(into: $0) }
            if count == 0 { break }
            text += block.prefix(count)
        }
        var packed: [UInt8] = []
        let compress = median { packed = Gzip.compress(text) ?? [] }
        print(
            "page  \(population.label): ingest \(Report.milliseconds(ingest)), snapshot "
                + "\(Report.milliseconds(summarize)), render \(Report.milliseconds(render)) (\(page.count / 1000) kB), "
                + "write \(Report.milliseconds(write)), "
                + "gzip \(Report.milliseconds(compress)) (\(packed.count / 1000) kB)")
    }

    private func median(_ body: () -> Void) -> Duration {
        (0..<Self.rounds).map { _ in ContinuousClock().measure(body) }.median
    }
}
