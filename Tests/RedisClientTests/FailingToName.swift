import RedisClient
import Testing

/// Why each sentinel was passed over, in a lookup that must fail because none names the primary.
func failures(
    _ directory: SentinelDirectory, except refuted: Set<RedisEndpoint.Address> = [],
    sourceLocation: SourceLocation = #_sourceLocation
) async throws -> [SentinelFailure] {
    var directory = directory
    let (error, _) = try await failure(
        { _ = try await directory.primary(except: refuted) }, sourceLocation: sourceLocation)
    guard case .noPrimaryNamed(_, let failures) = error else {
        Issue.record("\(error)", sourceLocation: sourceLocation)
        return []
    }
    return failures
}
