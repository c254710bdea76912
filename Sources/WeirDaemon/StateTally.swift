import Synchronization

/// What has gone wrong with state files since weir started: read by the metrics page, counted by the store.
final class StateTally: Sendable {
    struct Counts: Equatable, Sendable {
        var filesSetAside: UInt64 = 0
        var writeFailures: UInt64 = 0
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock(\.self) }

    func countFileSetAside() {
        state.withLock { $0.filesSetAside += 1 }
    }

    func countWriteFailure() {
        state.withLock { $0.writeFailures += 1 }
    }
}
