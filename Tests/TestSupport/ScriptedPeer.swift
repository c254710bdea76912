internal import Glibc

/// A peer on a loopback port that answers the first bytes of each connection always with the same, and then hangs up.
///
/// One that says nothing is a `LoopbackListener`.
package final class ScriptedPeer: Sendable {
    /// What it does after its answer.
    package enum Ending: Sendable, CaseIterable {
        /// Waits for the other side to hang up.
        case silence
        case hangUp
        /// Hangs up as a server does that has not read all that was sent.
        case reset
    }

    private let listener: LoopbackListener

    package init(saying answer: [UInt8] = [], then ending: Ending) throws {
        let listener = try LoopbackListener()
        self.listener = listener
        BackgroundThread.start {
            while let connection = listener.accept() {
                BackgroundThread.start { Self.serve(connection, answer, ending) }
            }
        }
    }

    deinit {
        listener.stop()
    }

    package var port: UInt16 { listener.port }

    private static func serve(_ connection: Int32, _ answer: [UInt8], _ ending: Ending) {
        defer { close(connection) }
        var block = [UInt8](repeating: 0, count: 16 * 1024)
        guard unsafe recv(connection, &block, block.count, 0) > 0, sendAll(answer, to: connection) else { return }
        switch ending {
        case .silence: while unsafe recv(connection, &block, block.count, 0) > 0 {}
        case .hangUp: break
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            _ = unsafe setsockopt(
                connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        }
    }
}
