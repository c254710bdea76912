import StreamModel
import Synchronization

/// The latest snapshot of every target: pollers put them up, requests read them.
final class SnapshotBoard: Sendable {
    private struct State {
        var names: [String] = []
        var snapshots: [String: TargetSnapshot] = [:]
        var waitingFor: Set<String> = []
        var isReady = false
        /// Grows with each change, so that what was made from an older state is known to be old.
        var version: UInt64 = 0
    }

    private let state = Mutex(State())

    /// From now on these are the targets.
    func expect(_ names: [String]) {
        state.withLock { state in
            state.names = names.sorted()
            state.waitingFor.formUnion(names.filter { state.snapshots[$0] == nil })
            state.waitingFor.formIntersection(names)
            state.snapshots = state.snapshots.filter { names.contains($0.key) }
            state.version += 1
        }
    }

    /// `isFirstLookDone`: the target's streams have been looked for once, or could not be.
    func put(_ snapshot: TargetSnapshot, isFirstLookDone: Bool) {
        state.withLock { state in
            guard state.names.contains(snapshot.name) else { return }
            state.snapshots[snapshot.name] = snapshot
            state.version += 1
            if isFirstLookDone { state.waitingFor.remove(snapshot.name) }
            // For good: a Redis that is down must not take the pod that weir sits in out of service.
            if state.waitingFor.isEmpty { state.isReady = true }
        }
    }

    var isReady: Bool { state.withLock(\.isReady) }

    var version: UInt64 { state.withLock(\.version) }

    /// By name, those that there is a snapshot of.
    func read() -> (snapshots: [TargetSnapshot], version: UInt64) {
        state.withLock { state in (state.names.compactMap { state.snapshots[$0] }, state.version) }
    }

    /// When each target was last polled with success; nil: never.
    var lastPolls: [(name: String, lastPoll: Timestamp?)] {
        state.withLock { state in state.names.map { ($0, state.snapshots[$0]?.polling.lastSuccess) } }
    }

    /// What is shown beside the snapshots has changed.
    func touch() {
        state.withLock { $0.version += 1 }
    }

    func has(target: String) -> Bool {
        state.withLock { $0.names.contains(target) }
    }
}
