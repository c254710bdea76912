import Synchronization

/// How the daemon ended, once it has.
final class Outcome: Sendable {
    private let value = Mutex<Int32?>(nil)

    var status: Int32? {
        get { value.withLock(\.self) }
        set { value.withLock { $0 = newValue } }
    }
}
