package import StreamModel

/// An incident as its receivers are told of it.
package struct Alert: Equatable, Codable, Sendable {
    package enum Status: String, Codable, Sendable {
        case firing, resolved
    }

    package var status: Status
    package var severity: Severity
    /// Who it is: `alertname`, `severity`, `target`, and `node`, `stream`, `group` where it is about one, with the
    /// labels that the configuration adds.
    ///
    /// The same from its firing to its end.
    package var labels: [String: String]
    /// `summary`, `description`, `command`, `runbook_url` and what else the rule has to say.
    package var annotations: [String: String]
    package var startsAt: Timestamp
    /// Nil while it fires.
    package var endsAt: Timestamp?
    /// 16 hexadecimal digits, the same for the same labels.
    package var fingerprint: String
    /// Where weir shows it; empty where `external_url` is not set.
    package var generatorURL: String

    package init(
        status: Status, severity: Severity, labels: [String: String], annotations: [String: String],
        startsAt: Timestamp, endsAt: Timestamp?, fingerprint: String, generatorURL: String
    ) {
        self.status = status
        self.severity = severity
        self.labels = labels
        self.annotations = annotations
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.fingerprint = fingerprint
        self.generatorURL = generatorURL
    }
}
