import Logging
import Remediation
import StreamModel

/// The audit: a line in the log for each thing that remediation did, would have done, or would not do.
struct ActionJournal: Sendable {
    /// IDs that are named at most, of each kind.
    private static let namedAtOnce = 100

    let logger: Logger

    func report(_ records: [ActionRecord]) {
        for record in records {
            let level: Logger.Level =
                switch record.result {
                case .moved, .dryRun: .info
                case .refused, .failed: .warning
                }
            logger.log(level: level, "\(record.action.rawValue): \(record.text)", metadata: metadata(record))
        }
    }

    /// Remediation was paused, or is no longer.
    func report(pause: PauseState) {
        switch pause {
        case .running: logger.info("remediation is no longer paused")
        case .paused(reason: "", _): logger.warning("remediation is paused")
        case .paused(let reason, _): logger.warning("remediation is paused: \(reason)")
        }
    }

    private func metadata(_ record: ActionRecord) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "action_id": "\(record.id)",
            "policy": "\(record.policy)",
            "action": "\(record.action.rawValue)",
            "mode": "\(record.mode.rawValue)",
            "result": "\(record.result.rawValue)",
            "target": "\(record.target)",
            "stream": "\(record.stream)",
            "group": "\(record.group)",
            "entries": "\(record.count)",
        ]
        record.reason.map { metadata["reason"] = "\($0)" }
        record.destination.map { metadata["to"] = "\($0)" }
        let lists = [
            ("ids", record.entries.map(\.id.description)), ("left", record.left.map(\.id.description)),
            ("consumers", record.forgotten.map(\.quoted)), ("purged", record.purged.map(\.description)),
            ("alerts", record.causes.map(\.fingerprint)),
        ]
        for (name, list) in lists where !list.isEmpty {
            metadata[name] = "\(list.prefix(Self.namedAtOnce).joined(separator: " "))"
        }
        return metadata
    }
}
