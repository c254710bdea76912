import RedisClient
import Remediation
import StreamModel

extension Rescuer {
    /// Deletes those of the consumers that hold nothing, or says which it would delete.
    mutating func forget(
        _ order: RemediationOrder, _ names: [Name], _ outcome: inout RemediationOutcome
    ) async throws(RemediationOutcome.Obstacle) {
        let wanted = Set(names)
        let idle = try await consumers(order).filter {
            wanted.contains($0.name) && $0.pending == 0 && $0.idleMilliseconds >= order.minIdleMilliseconds
        }
        for consumer in idle {
            guard outcome.forgotten.count < order.allowance else { return }
            if order.isDryRun {
                outcome.forgotten.append(consumer.name)
            } else {
                try await forget(consumer.name, order, &outcome)
            }
        }
    }

    private func forget(
        _ consumer: Name, _ order: RemediationOrder, _ outcome: inout RemediationOutcome
    ) async throws(RemediationOutcome.Obstacle) {
        let leastIdle = Array(String(order.minIdleMilliseconds).utf8)
        let answer = try await run(
            ForgetScript.script, keys: [order.stream], [order.group.bytes, leastIdle, consumer.bytes])
        if let obstacle = answer.obstacle { throw obstacle }
        // No row: it has come back since, and is left alone.
        guard let row = answer.rows.first else { return }
        guard row.count >= 2, let dropped = row[1].integer else { throw ScriptAnswer.notUnderstood }
        outcome.forgotten.append(consumer)
        guard dropped == 0 else { throw .server("\(dropped) entries were pending for \(consumer), and are lost") }
    }
}
