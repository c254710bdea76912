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

    private let state = Mutex(State())

    func put(_ new: State) {
        state.withLock { $0 = new }
    }

    func read() -> State {
        state.withLock(\.self)
    }
}
