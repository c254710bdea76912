import Synchronization

/// What has gone wrong with state files since weir started: read by the metrics page, counted by the store.
package final class StateTally: Sendable {
    package struct Counts: Equatable, Sendable {
        package var filesSetAside: UInt64 = 0
        package var writeFailures: UInt64 = 0
    }

    private let state = Mutex(Counts())

    package init() {}

    package var counts: Counts { state.withLock(\.self) }

    package func countFileSetAside() {
        state.withLock { $0.filesSetAside += 1 }
    }

    package func countWriteFailure() {
        state.withLock { $0.writeFailures += 1 }
    }
}
