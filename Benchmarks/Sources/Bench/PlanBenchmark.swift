import DemoWorkload
import RedisClient

/// What the plans for asking about a stream take: the choice between them rests on it.
struct PlanBenchmark {
    private static let rounds = 20
    private static let streamsPerBatch = 64
    private let population: Population

    init(_ population: Population) {
        self.population = population
    }

    func run(_ endpoint: RedisEndpoint) async throws {
        let connection = try await RedisConnection.onceUp(endpoint)
        try await measure("separate commands", on: connection) { separate($0, withLength: false) }
        try await measure("separate and XLEN", on: connection) { separate($0, withLength: true) }
        try await measure("FULL COUNT 1", on: connection) { stream in
            [RedisCommand("XINFO", "STREAM", Population.name(stream), "FULL", "COUNT", "1")]
        }
    }

    private func separate(_ stream: Int, withLength: Bool) -> [RedisCommand] {
        let name = Population.name(stream)
        let length = withLength ? [RedisCommand("XLEN", name)] : []
        let own = [RedisCommand("XINFO", "GROUPS", name), RedisCommand("XINFO", "STREAM", name)]
        let consumers = (0..<population.groups).map { RedisCommand("XINFO", "CONSUMERS", name, Population.group($0)) }
        return length + own + consumers
    }

    private func measure(
        _ plan: String, on connection: RedisConnection, commands: (Int) -> [RedisCommand]
    ) async throws {
        let batches = stride(from: 0, to: population.streams, by: Self.streamsPerBatch).map { start in
            (start..<min(population.streams, start + Self.streamsPerBatch)).flatMap(commands)
        }
        var times: [Duration] = []
        var bytes = 0
        let before = try await connection.serverSeconds()
        for _ in 0..<Self.rounds {
            let start = ContinuousClock.now
            bytes = 0
            for batch in batches { bytes += try await connection.pipeline(batch).bytesReceived }
            times.append(ContinuousClock.now - start)
        }
        let server = (try await connection.serverSeconds() - before) / Double(Self.rounds)
        print(
            "plan  \(population.label): \(plan): redis CPU \(Report.milliseconds(.seconds(server))), "
                + "\(bytes / 1000) kB, median \(Report.milliseconds(times.median))")
    }
}
