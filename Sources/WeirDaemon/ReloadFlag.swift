import Synchronization

/// Whether the last reload took: read by the metrics page, written by whoever reloads.
final class ReloadFlag: Sendable {
    private let flag = Mutex(true)

    var lastReloadSucceeded: Bool {
        get { flag.withLock(\.self) }
        set { flag.withLock { $0 = newValue } }
    }
}
