import StreamModel

extension Alert {
    /// How an incident that fires or has ended is told of.
    ///
    /// `remediation`: what weir itself has done about it.
    package init(_ incident: Incident, settings: AlertSettings, remediation: String? = nil) {
        let finding = incident.finding
        var annotations = finding.details
        annotations["summary"] = incident.key.summary
        annotations["description"] = Self.description(of: incident)
        annotations["runbook_url"] = settings.runbookURL(of: incident.key.rule.rawValue)
        annotations["command"] = finding.command
        annotations["remediation"] = remediation
        self.init(
            status: incident.phase == .resolved ? .resolved : .firing,
            severity: incident.labels["severity"].flatMap(Severity.init) ?? finding.severity,
            labels: incident.labels, annotations: annotations, startsAt: incident.since, endsAt: incident.endedAt,
            fingerprint: incident.fingerprint, generatorURL: settings.pageURL)
    }

    /// What is wrong, since when, and what that means; of what has ended: why, and what was last seen.
    private static func description(of incident: Incident) -> String {
        let what = incident.finding.what
        guard incident.phase == .resolved, let endedAt = incident.endedAt else {
            return "\(what) It has been so since \(incident.since.inUTC). \(incident.key.rule.definition.meaning)"
        }
        if incident.departure == nil, incident.key.rule.isAboutEvents {
            return "No more of it has been seen since; that does not make it good. What was last found: \(what)"
        }
        let lasted = FigureText.duration(Double(endedAt.milliseconds(since: incident.since)) / 1000)
        let why = incident.departure.map { ": \($0.sentence)" } ?? ""
        return "Over after \(lasted)\(why). What was last found: \(what)"
    }
}

extension AlertRule {
    /// What happens at once and is news for a window: its end says only that it has not happened again.
    fileprivate var isAboutEvents: Bool {
        switch self {
        case .entriesLost, .entriesSkipped, .rolledBack, .deadLetterGrowing, .writesRefused, .noGroupErrors: true
        default: false
        }
    }
}

extension IncidentKey {
    /// Which rule and where, in a few words: the title of a message.
    package var summary: String {
        let place =
            switch subject {
            case .target: ""
            case .node(let node): ": \(node)"
            case .stream(let stream): ": stream \(stream.inSentence)"
            case .group(let group, let stream): ": group \(group.inSentence) of stream \(stream.inSentence)"
            }
        return "\(rule.rawValue)\(place) at \(target)"
    }
}
