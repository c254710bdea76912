import StreamModel

extension AlertSettings {
    /// Who an alert is: nothing that was measured is in it.
    ///
    /// Of labels of one name weir's own counts, then the target's, then that for every alert.
    func labels(of key: IncidentKey, severity: Severity) -> [String: String] {
        var labels = labels.merging(target(key.target).labels) { $1 }
        labels["alertname"] = key.rule.rawValue
        labels["severity"] = severity.rawValue
        labels["target"] = key.target
        if let node = key.subject.node { labels["node"] = node }
        if let stream = key.subject.stream { labels["stream"] = stream.text }
        if let group = key.subject.group { labels["group"] = group.text }
        return labels
    }
}
