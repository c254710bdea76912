package import Alerting

/// What alerting must not forget over a restart, but for what waits to be delivered.
package struct AlertMemory: Equatable, Sendable {
    package var incidents: IncidentMachine
    /// By target.
    package var evaluators: [String: EvaluatorMemory]

    package init(incidents: IncidentMachine = IncidentMachine(), evaluators: [String: EvaluatorMemory] = [:]) {
        self.incidents = incidents
        self.evaluators = evaluators
    }
}
