/// How much the clients together, and one connection alone, may take.
package struct HTTPLimits: Sendable, Equatable {
    /// Connections at once, at least 1.
    ///
    /// Where all are taken, a further one takes the place of whoever has kept the server waiting for longest; those
    /// that are being answered are let be for `courtesy`. Until somebody has gone, `spare` more are taken, and others
    /// wait in the kernel's backlog.
    package var connections: Int
    /// Connections at once from one address, at least 1; nil: as many as there may be.
    ///
    /// Further ones are closed.
    package var connectionsPerAddress: Int?
    /// Seconds, at least 1, that a connection may pass without a byte in either direction before it is closed.
    package var idleSeconds: Int
    /// How long after its start, or after its last response, a connection has to have sent a whole request.
    ///
    /// The handshake of TLS is part of it. However steadily a client drips, it is closed at most a quarter later.
    package var request: Duration
    /// How long a request may take from its last header to the last byte of the response.
    package var response: Duration
    /// How long a client that is being answered is safe from those who want its place.
    package var courtesy: Duration
    /// Bytes of one request's line and headers, at least 1024.
    package var headerBytes: Int

    /// Connections beyond `connections`, while those that have to go are still on their way.
    static let spare = 16
    /// What libmicrohttpd may keep of a request besides: 64 bytes for each header and cookie, and the cookies again.
    static let bookkeepingBytes = 8192
    /// The status line and the headers of a response.
    private static let responseBytes = 4096

    /// All that libmicrohttpd may keep of a connection.
    ///
    /// Where a response has no room left, it hangs up without a word.
    var connectionBytes: Int { requestBytes + Self.bookkeepingBytes + Self.responseBytes }

    var requestBytes: Int { max(1024, headerBytes) }

    package init(
        connections: Int = 64, connectionsPerAddress: Int? = nil, idleSeconds: Int = 10,
        request: Duration = .seconds(15), response: Duration = .seconds(30), courtesy: Duration = .seconds(2),
        headerBytes: Int = 16384
    ) {
        self.connections = connections
        self.connectionsPerAddress = connectionsPerAddress
        self.idleSeconds = idleSeconds
        self.request = request
        self.response = response
        self.courtesy = courtesy
        self.headerBytes = headerBytes
    }
}
