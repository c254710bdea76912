import Alerting
import Exposition
import HTTPServer
import Platform
import StreamModel

/// Makes the pages from the board.
struct PageRenderer: Sendable {
    let board: SnapshotBoard
    let alerts: AlertBoard
    let actions: ActionBoard
    let process: @Sendable () -> ProcessSnapshot

    func render(_ key: PageCache.Key) -> PageBody {
        let (snapshots, version) = board.read()
        return PageBody(render(key.page, snapshots), version: version, isCompressed: key.isCompressed)
    }

    private func render(_ page: Page, _ snapshots: [TargetSnapshot]) -> any BodySource {
        switch page {
        case .metrics(let format, target: nil):
            MetricsPage(withAlerts(snapshots), process: process(), format: format)
        case .metrics(let format, target: let name):
            MetricsPage(withAlerts(snapshots.filter { $0.name == name }), process: nil, format: format)
        case .snapshot(let hasHistory):
            SnapshotDocument(snapshots, at: SteadyClock.wall, hasHistory: hasHistory).json()
        }
    }

    /// The snapshots with how many alerts of each kind fire for each.
    private func withAlerts(_ snapshots: [TargetSnapshot]) -> [TargetSnapshot] {
        var counts: [String: [FiringAlerts.Kind: Int]] = [:]
        for incident in alerts.read().active where incident.phase == .firing {
            let kind = FiringAlerts.Kind(
                name: incident.key.rule.rawValue, severity: incident.finding.severity.rawValue)
            counts[incident.key.target, default: [:]][kind, default: 0] += 1
        }
        return snapshots.map { snapshot in
            var snapshot = snapshot
            snapshot.firingAlerts = FiringAlerts(counts[snapshot.name] ?? [:])
            return snapshot
        }
    }
}
