package import Alerting
import StateFiles

/// What the file of alerting holds, as JSON names it.
package struct AlertsContent: StateContent {
    package static let kind = "alerts"
    package static let version = 1

    package struct Waiting: Codable, Equatable, Sendable {
        package var peer: Int
        package var notification: AlertNotification
    }

    package var evaluators: [String: EvaluatorMemory]
    /// Those that have ended lately, to be shown.
    package var resolved: [Incident]
    package var active: [Incident]
    /// In the order of their making.
    package var outbox: [Waiting]
}
