import Alerting
import Synchronization

/// How the incidents stand: put up by the desk, read by pages.
final class AlertBoard: Sendable {
    struct State: Sendable {
        /// Those that are pending or fire, the worst first.
        var active: [Incident] = []
        /// Those that have ended lately, the newest last.
        var resolved: [Incident] = []
        var silences: [Silence] = []
        var settings = AlertSettings()
    }

    private let state = Mutex((State(), version: UInt64(0)))

    func put(_ new: State) {
        state.withLock { $0 = (new, $0.version + 1) }
    }

    func read() -> State {
        state.withLock(\.0)
    }

    /// Grows with each change.
    var version: UInt64 { state.withLock(\.version) }
}
