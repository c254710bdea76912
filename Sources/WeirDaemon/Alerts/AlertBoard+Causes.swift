import Alerting
import Remediation
import StreamModel

extension AlertBoard {
    /// The alerts of the record's group that fire, silenced or not, and that what it is about may be the reason of.
    func causes(of record: ActionRecord) -> [ActionRecord.Cause] {
        let rules = record.action.curedRules
        guard !rules.isEmpty else { return [] }
        let group = AlertSubject.group(record.group, stream: record.shownStream)
        return read().active.filter { incident in
            incident.phase == .firing && incident.key.target == record.target && incident.key.subject == group
                && rules.contains(incident.key.rule)
        }.map { ActionRecord.Cause(alertname: $0.key.rule.rawValue, fingerprint: $0.fingerprint) }
    }
}

extension RemediationAction.Kind {
    /// What it is a remedy for.
    fileprivate var curedRules: Set<AlertRule> {
        switch self {
        case .claim, .requeue:
            [.consumerStale, .consumerStuck, .pendingOld, .pendingGrowing, .groupStopped, .groupStalled]
        case .deadLetter: [.entryPoisoned, .pendingOld, .consumerStale, .consumerStuck]
        case .forgetConsumer: []
        }
    }
}
