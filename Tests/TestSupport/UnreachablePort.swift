/// A loopback port to which a connection is neither made nor refused: its queue is full and nobody accepts.
package final class UnreachablePort {
    private let listener: LoopbackListener
    private let queued: [HTTPClient]

    package init() throws {
        let listener = try LoopbackListener(backlog: 0)
        self.listener = listener
        queued = [try HTTPClient(port: listener.port)]
    }

    package var port: UInt16 { listener.port }

    /// Whether somebody waits for a connection to it.
    package var isBeingConnectedTo: Bool {
        SocketTable.entries.contains { $0.remotePort == port && $0.state == .synSent }
    }
}
