import Alerting
import Remediation
import Settings
import StreamHealth
import StreamModel

/// What decides who is told of what remediation does, and when.
struct ActionNewsContext: Sendable {
    var alerts: AlertSettings
    var channels: [ChannelRoute]
    /// What each channel takes at once.
    var limits: AlertGrouping.Limits = [:]
    var silences: [Silence] = []
    /// The channels that are told, by policy.
    var notify: [String: [String]]
    /// After so long without an action an alert about actions ends.
    var quietMilliseconds: Int64
    /// While there are more actions a channel is told of them no more often.
    var againMilliseconds: Int64 = 60_000

    init(alerts: AlertSettings, channels: [ChannelRoute], notify: [String: [String]], quietMilliseconds: Int64) {
        self.alerts = alerts
        self.channels = channels
        self.notify = notify
        self.quietMilliseconds = quietMilliseconds
    }

    /// Two windows without an action, or a minute where that is longer, are quiet.
    init(settings: Settings, remediation: RemediationSettings, silences: [Silence]) {
        self.init(
            alerts: settings.alerts, channels: settings.channels.map(\.route),
            notify: Dictionary(remediation.policies.map { ($0.name, $0.notify) }) { $1 },
            quietMilliseconds: max(2 * settings.health.usual.windowMilliseconds, 60_000))
        limits = settings.channels.limits
        self.silences = silences
    }

    func channels(of policy: String) -> [ChannelRoute] {
        let names = notify[policy] ?? []
        return channels.filter { names.contains($0.name) }
    }

    func isSilenced(_ labels: [String: String], at now: Timestamp) -> Bool {
        silences.contains { $0.covers(labels, at: now) }
    }
}
