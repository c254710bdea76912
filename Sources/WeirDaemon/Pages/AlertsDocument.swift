import Alerting
import Remediation
import StreamModel

/// The JSON document of `/api/v1/alerts`.
struct AlertsDocument: JSONDocument, Codable {
    var schema = 1
    /// Unix seconds.
    var time: Double
    /// Those that are pending or fire, the worst first; then those that have ended lately, the newest first.
    var alerts: [Item]
    var silences: [SilenceItem]

    init(_ state: AlertBoard.State, actions: GroupActions, at time: Timestamp) {
        self.time = time.seconds
        alerts = (state.active + state.resolved.reversed()).map { Item($0, state.settings, actions) }
        silences = state.silences.map(SilenceItem.init)
    }

    struct Item: Codable {
        /// Actions that are named.
        private static let namedActions = 10

        var alertname: String
        var severity: String
        var state: String
        /// What was found when the condition held last, in one or two sentences.
        var what: String
        var target: String
        @OrNull var node: String?
        @OrNull var stream: String?
        @OrNull var group: String?
        /// A dictionary keeps its keys: names of labels are the user's, and are not changed into snake case.
        var labels: [String: String]
        var annotations: [String: String]
        var fingerprint: String
        var since: Double
        /// When it was last seen to be so.
        var lastSeen: Double
        @OrNull var endedAt: Double?
        @OrNull var endedBecause: String?
        @OrNull var inhibitedBy: String?
        var silenced: Bool
        /// When each channel was last told that it fires.
        var told: [String: String]
        /// The IDs of what remediation has done about it, or not: the newest first.
        var actions: [String]

        init(_ incident: Incident, _ settings: AlertSettings, _ actions: GroupActions) {
            let alert = Alert(incident, settings: settings, remediation: actions.remark(on: incident))
            alertname = incident.key.rule.rawValue
            severity = alert.severity.rawValue
            state = incident.phase.rawValue
            what = incident.finding.what
            target = incident.key.target
            _node = OrNull(wrappedValue: incident.key.subject.node)
            _stream = OrNull(wrappedValue: incident.key.subject.stream?.text)
            _group = OrNull(wrappedValue: incident.key.subject.group?.text)
            labels = alert.labels
            annotations = alert.annotations
            fingerprint = alert.fingerprint
            since = incident.since.seconds
            lastSeen = incident.lastHeld.seconds
            _endedAt = OrNull(wrappedValue: incident.endedAt?.seconds)
            _endedBecause = OrNull(wrappedValue: incident.departure?.rawValue)
            if case .inhibited(let rule)? = incident.suppression {
                _inhibitedBy = OrNull(wrappedValue: rule.rawValue)
            } else {
                _inhibitedBy = OrNull(wrappedValue: nil)
            }
            if case .silenced? = incident.suppression { silenced = true } else { silenced = false }
            told = incident.told.mapValues(\.rfc3339)
            self.actions = actions.during(incident).prefix(Self.namedActions).map(\.record.id)
        }
    }

    struct SilenceItem: Codable {
        var match: String
        var startsAt: Double
        var endsAt: Double
        var comment: String

        init(_ silence: Silence) {
            match = silence.matchers.map { "\($0.label)=\($0.pattern)" }.joined(separator: ",")
            startsAt = silence.startsAt.seconds
            endsAt = silence.endsAt.seconds
            comment = silence.comment
        }
    }
}
