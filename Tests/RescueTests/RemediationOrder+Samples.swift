import Remediation
import StreamModel

extension RemediationOrder {
    /// That of the orders to move and to claim.
    static let minIdle: Int64 = 60_000

    static func move(
        to destination: String, from stream: String = "s", least: Int64 = 1, tooMany: Int64? = nil,
        hasProvenance: Bool = false, allowance: Int = 100
    ) -> RemediationOrder {
        order(
            hasProvenance ? .deadLetter : .requeue, stream,
            .move(
                to: Name(destination), leastDeliveries: least, tooManyDeliveries: tooMany, hasProvenance: hasProvenance
            ), allowance)
    }

    static func claim(to consumer: String, freshness: Int64 = 30_000, allowance: Int = 100) -> RemediationOrder {
        order(.claim, "s", .claim(to: Name(consumer), freshnessMilliseconds: freshness), allowance)
    }

    static func forget(_ consumers: String..., minIdle: Int64 = 0, allowance: Int = 100) -> RemediationOrder {
        var order = order(.forgetConsumer, "s", .forget(consumers.map { Name($0) }), allowance)
        order.minIdleMilliseconds = minIdle
        return order
    }

    var rehearsed: RemediationOrder {
        var order = self
        order.isDryRun = true
        return order
    }

    private static func order(
        _ action: RemediationAction.Kind, _ stream: String, _ task: Task, _ allowance: Int
    ) -> RemediationOrder {
        RemediationOrder(
            policy: "p", action: action, isDryRun: false, target: "t", stream: Name(stream), group: Name("g"),
            task: task, minIdleMilliseconds: minIdle, allowance: allowance)
    }
}
