/// How much the clients together, and one connection alone, may take.
package struct HTTPLimits: Sendable, Equatable {
    /// Connections at once, at least 1.
    ///
    /// Further ones wait in the kernel's backlog until one is closed.
    package var connections: Int
    /// Connections at once from one address, at least 1; nil: as many as `connections`.
    ///
    /// Further ones are closed.
    package var connectionsPerAddress: Int?
    /// Seconds, at least 1, that a connection may pass without a byte in either direction before it is closed.
    package var idleSeconds: Int
    /// Bytes of one request's line and headers, at least 1024.
    ///
    /// libmicrohttpd keeps its book-keeping of the connection in the same memory, so a request a little shorter may
    /// already be refused.
    package var headerBytes: Int

    package init(
        connections: Int = 64, connectionsPerAddress: Int? = nil, idleSeconds: Int = 10, headerBytes: Int = 16384
    ) {
        self.connections = connections
        self.connectionsPerAddress = connectionsPerAddress
        self.idleSeconds = idleSeconds
        self.headerBytes = headerBytes
    }
}
