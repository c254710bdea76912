import Alerting
import StreamModel

@testable import WeirDaemon

extension Look {
    /// A look at these targets, of which the rules have found this; `unseen`: whether it did not last long enough.
    static func sample(
        _ targets: [TargetSnapshot], found: [(AlertRule, Severity, AlertSubject)] = [], of target: String = "t",
        holdMilliseconds: Int64 = 0, silences: [Silence] = [], shortfalls: [String] = []
    ) -> Look {
        var machine = IncidentMachine()
        let time = Timestamp(milliseconds: 1_000)
        let verdicts = found.map { rule, severity, subject in
            (
                IncidentKey(target: target, rule: rule, level: severity, subject: subject),
                Verdict.holds(
                    Finding(severity: severity, what: "It is \(rule).", holdMilliseconds: holdMilliseconds))
            )
        }
        _ = machine.ingest(
            Dictionary(verdicts) { $1 }, of: target, at: time, gapMilliseconds: 0,
            context: IncidentContext(settings: AlertSettings(), silences: silences))
        let state = AlertBoard.State(active: machine.incidents.sorted { $0.key < $1.key })
        return Look(
            snapshot: SnapshotDocument(targets, at: time),
            alerts: AlertsDocument(state, actions: GroupActions([]), at: time), shortfalls: shortfalls)
    }
}
