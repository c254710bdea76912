import RedisClient
import Remediation
import Sampling
import StreamModel

extension Rescuer {
    /// Copies the order's entries to the destination, and acknowledges them.
    mutating func move(
        _ order: RemediationOrder, to destination: Name, provenance: Timestamp?, _ outcome: inout RemediationOutcome
    ) async throws(RemediationOutcome.Obstacle) {
        let scan = try await scan(order)
        var rest = scan.chosen.map(\.id)[...]
        while !rest.isEmpty {
            let batch = rest.prefix(MoveScript.entriesPerRun)
            let answer = try await run(
                MoveScript.script, keys: [order.stream, destination],
                MoveScript.arguments(order, provenance: provenance, Array(batch)))
            for row in answer.rows { try outcome.take(row, answer.obstacle) }
            if let obstacle = answer.obstacle { throw obstacle }
            // It stops early for the sake of others, but never before it has dealt with one.
            guard !answer.rows.isEmpty else { throw ScriptAnswer.notUnderstood }
            rest = rest.dropFirst(answer.rows.count)
        }
        outcome.cursor = scan.cursor
    }

    /// Says what `move` would move.
    mutating func rehearseMove(
        _ order: RemediationOrder, to destination: Name, _ outcome: inout RemediationOutcome
    ) async throws(RemediationOutcome.Obstacle) {
        if destination == order.stream {
            let groups = try await read(RedisCommand("XINFO", "GROUPS", key: order.stream.bytes)) {
                (reply) throws(SampleError) in try reply.groupList().count
            }
            guard groups <= 1 else { throw .refused(.otherGroups(count: groups)) }
        } else if let error = try await ask([RedisCommand("XLEN", key: destination.bytes)])[0].error {
            // The stream is here; what is elsewhere is in another slot. And XLEN itself is not needed for moving.
            if error.code == "MOVED" { throw .refused(.slotsDiffer) }
            guard error.concernsCommand else { throw .init(error) }
        }
        let scan = try await scan(order)
        if order.mayReadBodies {
            var rest = scan.chosen[...]
            while !rest.isEmpty {
                let batch = rest.prefix(MoveScript.entriesPerLook)
                rest = rest.dropFirst(batch.count)
                let replies = try await ask(batch.map { .entry($0.id, of: order.stream) })
                for (row, reply) in zip(batch, replies) {
                    if let error = reply.error { throw .init(error) }
                    if let reason = reply.reasonToLeave {
                        outcome.left.append(LeftEntry(id: row.id, reason: reason))
                    } else {
                        outcome.entries.append(MovedEntry(row))
                    }
                }
            }
        } else {
            outcome.entries = scan.chosen.map { MovedEntry($0) }
        }
        outcome.cursor = scan.cursor
    }
}

extension RemediationOutcome {
    fileprivate mutating func take(_ row: [RedisReply], _ obstacle: Obstacle?) throws(Obstacle) {
        switch MovedRow(row) {
        case .moved(let entry): entries.append(entry)
        case .left(let entry): left.append(entry)
        case .taken: break
        case .copied(let entry): throw .copied(entry, because: obstacle)
        case nil: throw ScriptAnswer.notUnderstood
        }
    }
}

extension RemediationOutcome.Obstacle {
    /// The script has proved that it may acknowledge before it copied anything: no server is known to refuse it then.
    fileprivate static func copied(_ entry: MovedEntry, because obstacle: Self?) -> Self {
        let copy = entry.copy.map { " to \($0)" } ?? ""
        let reason = if case .server(let text) = obstacle { ": \(text)" } else { "" }
        return .server("\(entry.id) was copied\(copy) and not acknowledged, so that it is pending still\(reason)")
    }
}

extension RedisCommand {
    fileprivate static func entry(_ id: StreamID, of stream: Name) -> RedisCommand {
        let bound = Array(id.description.utf8)
        return RedisCommand("XRANGE", key: stream.bytes, then: [bound, bound])
    }
}

extension RedisReply {
    /// Why `MoveScript` would leave the entry whose XRANGE this answers.
    fileprivate var reasonToLeave: LeftEntry.Reason? {
        guard let entry = elements?.first?.elements, entry.count >= 2, let fields = entry[1].elements else {
            return .bodyGone
        }
        let count = fields.count / 2
        return count > MoveScript.mostFields ? .tooManyFields(count) : nil
    }
}
