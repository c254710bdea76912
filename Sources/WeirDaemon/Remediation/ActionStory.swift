import Alerting
import Remediation
import StreamModel

/// What a policy does to a group, from its first action until there has been none for a while: one alert.
struct ActionStory: Equatable, Codable, Sendable {
    static let alertname = "WeirRemediation"
    /// Of entries, consumers, actions and alerts.
    private static let namedAtOnce = 10
    /// Sentences of single actions.
    private static let toldAtOnce = 3

    /// What channels are still to be told.
    private struct Chapter: Equatable, Codable, Sendable {
        var actions = 0
        var count = 0
        var texts: [String] = []
        var ids: [String] = []
        /// Entries or consumers.
        var named: [String] = []
        /// By fingerprint.
        var causes: [String] = []
    }

    let labels: [String: String]
    let fingerprint: String
    let startsAt: Timestamp
    private(set) var lastAction: Timestamp
    /// The channels that wait for its end.
    private(set) var told: Set<String> = []
    private var lastTold: Timestamp?
    private var actions = 0
    private var count = 0
    private var untold: Chapter?

    init(_ record: ActionRecord, labels: [String: String]) {
        self.labels = labels
        fingerprint = Fingerprint.text(of: labels)
        startsAt = record.time
        lastAction = record.time
    }

    var target: String { label("target") }
    var policy: String { label("policy") }

    mutating func add(_ record: ActionRecord) {
        lastAction = max(lastAction, record.time)
        actions += 1
        count += record.count
        var chapter = untold ?? Chapter()
        chapter.actions += 1
        chapter.count += record.count
        let items = record.entries.map(\.id) + (record.result == .failed ? record.left.map(\.id) : [])
        let names = items.map(\.description) + record.forgotten.map(\.text)
        chapter.named += names.prefix(Self.namedAtOnce - chapter.named.count)
        if chapter.texts.count < Self.toldAtOnce { chapter.texts.append(record.text) }
        if chapter.ids.count < Self.namedAtOnce { chapter.ids.append(record.id) }
        for cause in record.causes.map(\.fingerprint)
        where chapter.causes.count < Self.namedAtOnce && !chapter.causes.contains(cause) {
            chapter.causes.append(cause)
        }
        untold = chapter
    }

    /// The clock of this run of weir may be behind that of the one before.
    mutating func clockWentBack(to now: Timestamp) {
        lastAction = min(lastAction, now)
        lastTold = lastTold.map { min($0, now) }
    }

    /// What its policy's channels are to be told now; nil: nothing, or not yet.
    mutating func tell(at now: Timestamp, isOver: Bool, context: ActionNewsContext) -> Alert? {
        guard let chapter = untold else { return nil }
        if let lastTold, now.milliseconds(since: lastTold) < context.againMilliseconds, !isOver { return nil }
        untold = nil
        lastTold = now
        told.formUnion(context.channels(of: policy).map(\.name))
        var annotations = annotations(context.alerts, description: description(of: chapter))
        annotations["action_ids"] = chapter.ids.joined(separator: " ")
        annotations["alerts"] = chapter.causes.isEmpty ? nil : chapter.causes.joined(separator: " ")
        return alert(annotations, endsAt: nil, context.alerts)
    }

    /// There has been no action for a while.
    func ended(at now: Timestamp, settings: AlertSettings) -> Alert {
        let quiet = FigureText.duration(Double(now.milliseconds(since: lastAction)) / 1000)
        let description = "Nothing more for \(quiet). \(inAll)"
        return alert(annotations(settings, description: description), endsAt: now, settings)
    }

    private func alert(
        _ annotations: [String: String], endsAt: Timestamp?, _ settings: AlertSettings
    ) -> Alert {
        Alert(
            status: endsAt == nil ? .firing : .resolved, severity: Severity(rawValue: label("severity")) ?? .info,
            labels: labels, annotations: annotations, startsAt: startsAt, endsAt: endsAt, fingerprint: fingerprint,
            generatorURL: settings.pageURL)
    }

    private func annotations(_ settings: AlertSettings, description: String) -> [String: String] {
        let mode = label("mode") == RemediationMode.dryRun.rawValue ? " (dry-run)" : ""
        let place = "group \(name("group")) of stream \(name("stream")) at \(target)"
        return [
            "summary": "\(Self.alertname): \(label("action")) by policy \(policy)\(mode): \(place)",
            "description": description,
            "runbook_url": settings.runbookURL(of: Self.alertname),
        ]
    }

    private func description(of chapter: Chapter) -> String {
        var sentences = chapter.texts
        let more = chapter.actions - chapter.texts.count
        if more > 0 { sentences.append("And \(more) more \(more == 1 ? "action" : "actions").") }
        if !chapter.named.isEmpty {
            let rest = chapter.count - chapter.named.count
            let names = chapter.named.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
            sentences.append("\(isAboutConsumers ? "Consumers" : "Entries"): \(names).")
        }
        if actions > chapter.actions { sentences.append(inAll) }
        return sentences.joined(separator: " ")
    }

    private var inAll: String {
        let many = isAboutConsumers ? "consumers" : "entries"
        let one = isAboutConsumers ? "consumer" : "entry"
        return "Since \(startsAt.inUTC): \(actions) \(actions == 1 ? "action" : "actions"), "
            + "\(count) \(count == 1 ? one : many)."
    }

    private var isAboutConsumers: Bool { label("action") == RemediationAction.Kind.forgetConsumer.rawValue }

    private func label(_ name: String) -> String { labels[name] ?? "" }

    /// A name that is a label, as a sentence has it.
    private func name(_ label: String) -> String { Name(unescaping: self.label(label)).inSentence }
}
