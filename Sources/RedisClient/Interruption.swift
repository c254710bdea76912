import Glibc
import Synchronization

/// Lets another thread end a blocked exchange.
///
/// The socket is shut down under the same lock under which its owner forgets it before closing, so that a descriptor
/// which the system has given to someone else meanwhile is never touched.
final class Interruption: Sendable {
    private struct State {
        var socket: Int32?
        var isInterrupted = false
    }

    private let state = Mutex(State())

    var isInterrupted: Bool { state.withLock(\.isInterrupted) }

    /// From now on every exchange ends at once.
    func interrupt() {
        state.withLock { state in
            state.isInterrupted = true
            if let socket = state.socket { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    func watch(_ socket: Int32) {
        state.withLock { $0.socket = socket }
    }

    func forget() {
        state.withLock { $0.socket = nil }
    }
}
