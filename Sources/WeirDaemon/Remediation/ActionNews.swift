import Alerting
import Remediation
import StreamModel

/// Tells channels of what remediation does, for policies that name some.
///
/// What a policy does to a group is an alert, `WeirRemediation`: it fires with the first action, is told again while there
/// are more, and ends when there has been none for a while, so that receivers that keep alerts open close it.
struct ActionNews: Equatable, Codable, Sendable {
    /// Alerts that are open at once: of what comes beyond, the log and the pages tell.
    private static let limit = 1_000

    /// By fingerprint.
    private var stories: [String: ActionStory] = [:]

    init() {}

    /// Whether no alert is open, and nothing comes with time.
    var isEmpty: Bool { stories.isEmpty }

    /// Takes what was done at `now`, and gives what is to be told by then, which is also what comes with time alone: to be
    /// called with every cycle.
    ///
    /// What was refused is nothing that was done.
    mutating func notifications(
        of records: [ActionRecord], at now: Timestamp, context: ActionNewsContext, makeID: () -> String
    ) -> [AlertNotification] {
        for record in records where record.result != .refused { note(record, context) }
        var news: [String: [String: [Alert]]] = [:]
        for (fingerprint, story) in stories.sorted(by: { ($0.value.startsAt, $0.key) < ($1.value.startsAt, $1.key) }) {
            var story = story
            story.clockWentBack(to: now)
            let isOver = now.milliseconds(since: story.lastAction) >= context.quietMilliseconds
            if !context.isSilenced(story.labels, at: now),
                let alert = story.tell(at: now, isOver: isOver, context: context)
            {
                for channel in context.channels(of: story.policy) {
                    news[story.target, default: [:]][channel.name, default: []].append(alert)
                }
            }
            if isOver {
                let end = story.ended(at: now, settings: context.alerts)
                for channel in context.channels where channel.sendsResolved && story.told.contains(channel.name) {
                    news[story.target, default: [:]][channel.name, default: []].append(end)
                }
            }
            stories[fingerprint] = isOver ? nil : story
        }
        return news.sorted { $0.key < $1.key }.flatMap { target, channels in
            let alerts = channels.sorted { $0.key < $1.key }.flatMap { channel, alerts in
                alerts.map { (channel: channel, alert: $0) }
            }
            return AlertGrouping.notifications(
                alerts, of: target, at: now, limits: context.limits, makeID: makeID)
        }
    }

    private mutating func note(_ record: ActionRecord, _ context: ActionNewsContext) {
        guard !context.channels(of: record.policy).isEmpty else { return }
        let labels = context.alerts.labels(of: record.target, own: record.labels)
        let fingerprint = Fingerprint.text(of: labels)
        guard stories[fingerprint] != nil || stories.count < Self.limit else { return }
        stories[fingerprint, default: ActionStory(record, labels: labels)].add(record)
    }
}

extension ActionRecord {
    /// Who the alert about it is: the same for all that the policy does to the group with this result.
    fileprivate var labels: [String: String] {
        [
            "alertname": ActionStory.alertname, "severity": severity.rawValue, "target": target,
            "stream": shownStream.text, "group": group.text, "policy": policy, "action": action.rawValue,
            "mode": mode.rawValue,
        ]
    }

    private var severity: Severity { result == .failed ? .warning : .info }
}
