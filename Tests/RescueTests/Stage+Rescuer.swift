import Platform
import RedisClient
import Remediation
import Rescue
import StreamModel
import TestSupport

extension Stage {
    /// One with a password where it is not the default user.
    func rescuer(as user: String? = nil) throws -> Rescuer {
        var endpoint = server.endpoint
        endpoint.username = user
        endpoint.password = user.map { _ in .secret(Secret(Array("pw".utf8))) }
        return Rescuer(connection: try RedisConnection(endpoint: endpoint, timeout: .seconds(10)))
    }
}

extension Rescuer {
    /// At a time of no matter.
    mutating func carryOut(_ order: RemediationOrder) async -> RemediationOutcome {
        await carryOut(order, at: Timestamp(milliseconds: 0))
    }
}
