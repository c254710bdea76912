internal import CMicroHTTPD

/// One of libmicrohttpd's connections, as long as it is open.
struct ConnectionID: Hashable, Sendable {
    private let address: UInt

    init(_ connection: OpaquePointer) {
        address = UInt(bitPattern: connection)
    }

    /// Lets libmicrohttpd go on with a connection that has been suspended.
    ///
    /// A suspended connection stays open: libmicrohttpd neither reads from it nor lets it time out.
    func resume() {
        guard let connection = unsafe OpaquePointer(bitPattern: address) else { return }
        unsafe MHD_resume_connection(connection)
    }
}
