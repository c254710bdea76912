import StreamModel

extension AlertSettings {
    /// Who an alert is: nothing that was measured is in it.
    func labels(of key: IncidentKey, severity: Severity) -> [String: String] {
        var labels = ["alertname": key.rule.rawValue, "severity": severity.rawValue, "target": key.target]
        if let node = key.subject.node { labels["node"] = node }
        if let stream = key.subject.stream { labels["stream"] = stream.text }
        if let group = key.subject.group { labels["group"] = group.text }
        return self.labels(of: key.target, own: labels)
    }

    /// `own` with the labels that the configuration adds to those of an alert about the target.
    ///
    /// Of labels of one name weir's own counts, then the target's, then that for every alert.
    package func labels(of target: String, own: [String: String]) -> [String: String] {
        labels.merging(self.target(target).labels) { $1 }.merging(own) { $1 }
    }
}
