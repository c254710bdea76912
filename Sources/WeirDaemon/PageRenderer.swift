import Exposition
import HTTPServer
import Platform
import StreamModel

/// Makes the pages from the board.
struct PageRenderer: Sendable {
    let board: SnapshotBoard
    let process: @Sendable () -> ProcessSnapshot

    func render(_ key: PageCache.Key) -> PageBody {
        let (snapshots, version) = board.read()
        let page = render(key.page, snapshots)
        guard key.isCompressed, let compressed = Gzip.compress(page) else {
            return PageBody(bytes: page, isCompressed: false, version: version)
        }
        return PageBody(bytes: compressed, isCompressed: true, version: version)
    }

    private func render(_ page: Page, _ snapshots: [TargetSnapshot]) -> [UInt8] {
        switch page {
        case .metrics(let format, target: nil):
            MetricsPage.render(snapshots, process: process(), format: format)
        case .metrics(let format, target: let name):
            MetricsPage.render(snapshots.filter { $0.name == name }, process: nil, format: format)
        case .snapshot:
            SnapshotDocument(snapshots, at: SteadyClock.wall).json()
        case .status:
            StatusPage.render(snapshots, at: SteadyClock.wall)
        }
    }
}
