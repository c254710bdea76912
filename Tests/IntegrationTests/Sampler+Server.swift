import Platform
import RedisClient
import Sampling
import StreamModel
import TestSupport

extension Sampler {
    /// A sampler on a real server that polls when it is told to.
    static func on(
        _ server: RedisServer, as user: String? = nil, streams: [String] = ["*"], limit: Int = 100_000,
        share: Duration = .seconds(60)
    ) async throws -> Sampler {
        var endpoint = server.endpoint
        endpoint.username = user
        endpoint.password = user.map { _ in .secret(Secret(Array("pw".utf8))) }
        var sampler = Sampler(
            topology: .single(endpoint), timeout: .seconds(10),
            selection: StreamSelection(patterns: streams.map { Glob($0) }, exclude: [], limit: limit),
            plan: SamplingPlan(pendingRows: 20_000, payloadGuard: 16_384, serverTime: share))
        sampler.beginDiscovery()
        return sampler
    }
}

extension TargetSample {
    /// The stream, where it was seen.
    subscript(_ name: String) -> StreamObservation? { try? streams[Name(name)]?.get() }

    func error(_ name: String) -> SampleError? {
        if case .failure(let error) = streams[Name(name)] { error } else { nil }
    }
}
