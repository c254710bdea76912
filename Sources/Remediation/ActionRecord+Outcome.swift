import StreamModel

/// The records of what came of an order.
extension ActionRecord {
    /// Entries in one record: what one line of a log can say.
    private static let batch = 100

    private init(_ order: RemediationOrder, at time: Timestamp, _ result: Result, reason: String? = nil, _ text: String)
    {
        self.init(
            time: time, policy: order.policy, action: order.action, isDryRun: order.isDryRun, result: result,
            reason: reason, text: text, target: order.target, stream: order.stream, shownAs: order.shownAs,
            group: order.group, destination: order.destination)
    }

    /// One record for each batch of what was done, or would have been.
    static func done(_ outcome: RemediationOutcome, _ order: RemediationOrder, at time: Timestamp) -> [ActionRecord] {
        let result = order.isDryRun ? Result.dryRun : .moved
        var records: [ActionRecord] = []
        for start in stride(from: 0, to: outcome.entries.count, by: batch) {
            let entries = Array(outcome.entries[start..<min(start + batch, outcome.entries.count)])
            var record = ActionRecord(order, at: time, result, ActionText.moved(entries, order))
            record.entries = entries
            records.append(record)
        }
        if !outcome.forgotten.isEmpty {
            var record = ActionRecord(order, at: time, result, ActionText.forgotten(outcome.forgotten, order))
            record.forgotten = outcome.forgotten
            records.append(record)
        }
        if !outcome.purged.isEmpty {
            if records.isEmpty { records.append(ActionRecord(order, at: time, result, "")) }
            records[records.count - 1].purged = outcome.purged
            let text = ActionText.purged(outcome.purged, order)
            let before = records[records.count - 1].text
            records[records.count - 1].text = before.isEmpty ? text : "\(before) \(text)"
        }
        return records
    }

    /// One record for each reason why entries were left.
    static func left(_ entries: [LeftEntry], _ order: RemediationOrder, at time: Timestamp) -> [ActionRecord] {
        let gone = entries.filter { $0.reason == .bodyGone }
        let wide = entries.filter { $0.reason != .bodyGone }
        return [(gone, "body_gone"), (wide, "too_many_fields")].compactMap { left, reason in
            guard !left.isEmpty else { return nil }
            var record = ActionRecord(order, at: time, .refused, reason: reason, ActionText.left(left, order))
            record.left = left
            return record
        }
    }

    static func refused(_ refusal: Refusal, _ order: RemediationOrder, at time: Timestamp) -> ActionRecord {
        ActionRecord(order, at: time, .refused, reason: refusal.code, ActionText.refused(refusal, order))
    }

    static func stopped(
        _ obstacle: RemediationOutcome.Obstacle, _ order: RemediationOrder, at time: Timestamp
    ) -> ActionRecord {
        switch obstacle {
        case .refused(let refusal): refused(refusal, order, at: time)
        case .server(let text), .connection(let text):
            ActionRecord(order, at: time, .failed, reason: obstacle.code, ActionText.failed(text, order))
        }
    }
}

extension RemediationOutcome.Obstacle {
    /// A word for metrics and machines.
    var code: String {
        switch self {
        case .refused(let refusal): refusal.code
        case .server(let text): Self.code(of: text)
        case .connection: "connection"
        }
    }

    /// Its first word tells the kind of a server's error: `NOPERM`, `OOM`, `WRONGTYPE`; what a script may not do is told
    /// without one.
    private static func code(of text: String) -> String {
        // Redis 7.0 and later, and 6.0.
        if ["ACL failure in script", "The user executing the script can't"].contains(where: text.contains) {
            return "noperm"
        }
        let word = text.prefix { $0 != " " }
        return word.allSatisfy { $0.isASCII && $0.isUppercase } ? word.lowercased() : "error"
    }
}
