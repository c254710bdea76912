/// What the user decides about alerts.
package struct AlertSettings: Equatable, Sendable {
    /// The rules that somebody has tuned.
    package var rules: [AlertRule: RuleSettings] = [:]
    /// On every alert.
    package var labels: [String: String] = [:]
    /// Where people reach weir's pages; without a slash at its end.
    package var externalURL: String?
    /// Where the pages of docs/runbooks are; without a slash at its end.
    package var runbooksURL = Self.defaultRunbooksURL
    /// By the target's name.
    package var targets: [String: TargetAlertSettings] = [:]

    package static let defaultRunbooksURL = "https://github.com/weir-project/weir/blob/main/docs/runbooks"

    package init() {}

    package func runbookURL(of alertname: String) -> String { "\(runbooksURL)/\(alertname).md" }

    /// Where weir shows an alert; empty where it is not known how it is reached.
    package var pageURL: String { externalURL.map { $0 + "/" } ?? "" }

    package func rule(_ rule: AlertRule) -> RuleSettings {
        rules[rule] ?? RuleSettings()
    }

    package func target(_ name: String) -> TargetAlertSettings {
        targets[name] ?? TargetAlertSettings()
    }
}
