import Alerting
import Logging

/// Says in the log which incidents begin and end, whoever else is told of them.
struct AlertJournal: Sendable {
    let logger: Logger

    func report(_ actions: [IncidentAction]) {
        for action in actions {
            switch action {
            case .fired(let incident):
                let level: Logger.Level = incident.finding.severity == .info ? .info : .warning
                logger.log(level: level, "firing: \(incident.finding.what)", metadata: metadata(incident))
            case .resolved(let incident):
                let why = incident.departure.map { ": \($0.sentence)" } ?? ""
                logger.info("resolved\(why)", metadata: metadata(incident))
            case .tell:
                continue
            }
        }
    }

    private func metadata(_ incident: Incident) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "alert": "\(incident.key.rule.rawValue)",
            "severity": "\(incident.labels["severity"] ?? incident.finding.severity.rawValue)",
            "target": "\(incident.key.target)",
        ]
        incident.key.subject.node.map { metadata["node"] = "\($0)" }
        incident.key.subject.stream.map { metadata["stream"] = "\($0)" }
        incident.key.subject.group.map { metadata["group"] = "\($0)" }
        return metadata
    }
}
