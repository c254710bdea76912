package import StreamModel

/// One thing that remediation did, would have done, or would not do: a line of the audit.
package struct ActionRecord: Equatable, Sendable {
    /// The raw values are what the metrics and the API say.
    package enum Result: String, CaseIterable, Hashable, Sendable {
        case moved
        case dryRun = "dry_run"
        case refused
        case failed
    }

    /// An alert that fired for the group at the time.
    package struct Cause: Equatable, Sendable {
        package var alertname: String
        package var fingerprint: String

        package init(alertname: String, fingerprint: String) {
            self.alertname = alertname
            self.fingerprint = fingerprint
        }
    }

    /// In no two records of any weir; in the order of their making within one.
    package var id = ""
    /// On weir's clock.
    package var time: Timestamp
    package var policy: String
    package var action: RemediationAction.Kind
    package var isDryRun: Bool
    package var result: Result
    /// A word for machines, where the result is `refused` or `failed`.
    package var reason: String?
    /// What was done or not, and why: a sentence with its full stop.
    package var text: String
    package var target: String
    package var stream: Name
    package var shownAs: Name?
    package var group: Name
    /// The consumer or the stream that got the entries.
    package var destination: Name?
    package var entries: [MovedEntry] = []
    package var left: [LeftEntry] = []
    package var forgotten: [Name] = []
    package var purged: [StreamID] = []
    package var causes: [Cause] = []

    package init(
        time: Timestamp, policy: String, action: RemediationAction.Kind, isDryRun: Bool, result: Result,
        reason: String? = nil, text: String, target: String, stream: Name, shownAs: Name? = nil, group: Name,
        destination: Name? = nil
    ) {
        self.time = time
        self.policy = policy
        self.action = action
        self.isDryRun = isDryRun
        self.result = result
        self.reason = reason
        self.text = text
        self.target = target
        self.stream = stream
        self.shownAs = shownAs
        self.group = group
        self.destination = destination
    }

    /// What the record counts as: entries, or consumers where those are what the action is about.
    package var count: Int {
        switch result {
        case .moved, .dryRun: entries.count + forgotten.count
        case .refused, .failed: left.count
        }
    }
}
