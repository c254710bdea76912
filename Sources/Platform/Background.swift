import Synchronization

/// Work that goes on while its owner does something else, and looks for the result from time to time.
package final class Background<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [AsyncStream<Never>.Continuation] = []
    }

    private let state = Mutex(State())

    package init(_ work: @escaping @Sendable () async -> Value) {
        Task {
            let value = await work()
            let waiters = state.withLock { state in
                state.value = value
                defer { state.waiters = [] }
                return state.waiters
            }
            waiters.forEach { $0.finish() }
        }
    }

    /// What came of it; nil where it is still under way after so long.
    package func value(within patience: Duration) async -> Value? {
        let (end, ending) = AsyncStream.makeStream(of: Never.self)
        let value = state.withLock { state in
            if state.value == nil { state.waiters.append(ending) }
            return state.value
        }
        if value != nil || patience <= .zero { return value }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in end {} }
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
            return state.withLock(\.value)
        }
    }
}
