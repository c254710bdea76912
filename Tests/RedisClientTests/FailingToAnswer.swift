import RedisClient
import Testing

/// The error of an exchange that must fail, and how long it took to.
func failure(
    _ exchange: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
) async throws -> (error: RedisClientError, after: Duration) {
    let start = ContinuousClock.now
    let error = await #expect(throws: RedisClientError.self, sourceLocation: sourceLocation) { try await exchange() }
    let elapsed = ContinuousClock.now - start
    return (try #require(error, sourceLocation: sourceLocation), elapsed)
}
