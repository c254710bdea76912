import RedisClient
import Remediation
import Sampling
import StreamModel

extension Rescuer {
    private static let callsPerOrder = 10
    private static let entriesPerCall = 100
    /// XAUTOCLAIM looks at so many rows for each entry that it may claim.
    private static let rowsPerEntry = 10

    /// Gives the order's entries to the consumer, or says which it would give.
    mutating func claim(
        _ order: RemediationOrder, to rescuer: Name, freshness: Int64, _ outcome: inout RemediationOutcome
    ) async throws(RemediationOutcome.Obstacle) {
        let consumer = try await consumers(order).first { $0.name == rescuer }
        guard let consumer else { throw .refused(.noSuchConsumer(rescuer)) }
        guard consumer.idleMilliseconds < freshness else {
            throw .refused(.notAlive(consumer: rescuer, idleMilliseconds: consumer.idleMilliseconds))
        }
        if order.isDryRun {
            try await rehearseClaim(order, &outcome)
        } else {
            try await autoclaim(order, to: rescuer, &outcome)
        }
    }

    mutating func consumers(
        _ order: RemediationOrder
    ) async throws(RemediationOutcome.Obstacle) -> [ConsumerObservation] {
        try await read(.consumers(of: order.group, in: order.stream)) { (reply) throws(SampleError) in
            try reply.consumerList()
        }
    }

    private mutating func autoclaim(
        _ order: RemediationOrder, to rescuer: Name, _ outcome: inout RemediationOutcome
    ) async throws(RemediationOutcome.Obstacle) {
        outcome.cursor = order.cursor
        for _ in 0..<Self.callsPerOrder {
            let count = min(order.allowance - outcome.entries.count, Self.entriesPerCall)
            guard count > 0 else { return }
            // The same rows as XAUTOCLAIM will see, which does not say whose the entries were.
            let look = RedisCommand.pending(
                of: order.group, in: order.stream, from: outcome.cursor, count: count * Self.rowsPerEntry)
            let rows = try await read(look) { (reply) throws(SampleError) in try reply.pendingList() }
            if let consumer = order.robbed(by: rows) { throw .refused(.wouldRob(consumer: consumer)) }

            let reply = try await tell(.autoclaim(order, to: rescuer, from: outcome.cursor, count: count))
            if let error = reply.error {
                throw error.isOfUnknownCommand ? .refused(.noAutoclaim) : .init(error)
            }
            guard let answer = AutoclaimReply(reply) else {
                throw .server("XAUTOCLAIM answered what weir does not understand")
            }
            let holders = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
            outcome.entries += answer.claimed.map { id in holders[id].map { MovedEntry($0) } ?? MovedEntry(id: id) }
            outcome.purged += answer.purged
            outcome.cursor = answer.cursor
            if answer.cursor == .zero { return }
        }
    }

    /// By reading alone: XAUTOCLAIM takes entries of which nothing is left out of the list, whatever the idle time.
    private mutating func rehearseClaim(
        _ order: RemediationOrder, _ outcome: inout RemediationOutcome
    ) async throws(RemediationOutcome.Obstacle) {
        if knowsAutoclaim == nil {
            // Nothing is known where this is denied.
            let reply = try await ask([RedisCommand("COMMAND", "INFO", "xautoclaim")])[0]
            knowsAutoclaim = reply.elements?.first != .null
        }
        guard knowsAutoclaim != false else { throw .refused(.noAutoclaim) }
        let scan = try await scan(order)
        if let consumer = order.robbed(by: scan.chosen) { throw .refused(.wouldRob(consumer: consumer)) }
        outcome.entries = scan.chosen.map { MovedEntry($0) }
        outcome.cursor = scan.cursor
    }
}

extension RedisCommand {
    /// With JUSTID, deliveries are not counted: it is the consumer that will take the entries that delivers them.
    fileprivate static func autoclaim(
        _ order: RemediationOrder, to consumer: Name, from cursor: StreamID, count: Int
    ) -> RedisCommand {
        let bounds = [String(order.minIdleMilliseconds), cursor.description, "COUNT", String(count), "JUSTID"]
        return RedisCommand(
            "XAUTOCLAIM", key: order.stream.bytes,
            then: [order.group.bytes, consumer.bytes] + bounds.map { Array($0.utf8) })
    }
}
