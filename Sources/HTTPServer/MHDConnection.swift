internal import CMicroHTTPD
internal import Crypto
internal import Glibc

/// One connection of libmicrohttpd's; valid only within the callback that it was given to.
@safe
struct MHDConnection: ~Copyable {
    private let connection: OpaquePointer

    init(_ connection: OpaquePointer) {
        unsafe self.connection = connection
    }

    var id: ConnectionID { unsafe ConnectionID(connection) }

    /// -1 where the library does not know.
    var descriptor: Int32 { unsafe cmicrohttpd_descriptor(connection) }

    /// Has the session of TLS, whose handshake has not begun, use these, which have to outlive the connection.
    func prepareSession(with credentials: TLSServerCredentials) {
        guard let session = unsafe cmicrohttpd_session(connection) else { return }
        unsafe credentials.prepare(session)
    }

    /// Has libmicrohttpd leave it alone until `ConnectionID.resume`, and then ask the handler again.
    func suspend() {
        unsafe MHD_suspend_connection(connection)
    }

    /// What the client's address has in common with those that the same client may take just as well: all of an IPv4
    /// address, the network's half of an IPv6 address.
    func addressBlock() -> [UInt8] {
        guard let address = unsafe cmicrohttpd_address(connection) else { return [] }
        let bytes = unsafe UnsafeRawPointer(address)
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            let start = MemoryLayout<sockaddr_in>.offset(of: \.sin_addr) ?? 4
            return unsafe Array(UnsafeRawBufferPointer(start: bytes + start, count: 4))
        case AF_INET6:
            let start = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8
            let whole = unsafe Array(UnsafeRawBufferPointer(start: bytes + start, count: 16))
            // On a socket for both families an IPv4 address follows ten zeros and two 0xFF.
            let isIPv4 = whole[..<10].allSatisfy { $0 == 0 } && whole[10] == 0xFF && whole[11] == 0xFF
            return Array(isIPv4 ? whole[12...] : whole[..<8])
        default: return []
        }
    }

    func headers() -> [(name: String, value: String)] {
        values(.HEADER_KIND)
    }

    func cookies() -> [(name: String, value: String)] {
        values(.COOKIE_KIND)
    }

    /// Of the line and the headers, as the client sent them.
    var requestBytes: Int { unsafe cmicrohttpd_request_bytes(connection) }

    /// Hands the response over to be sent, with those of the headers that it does not have.
    ///
    /// `.NO`, which makes libmicrohttpd close the connection, if that failed.
    func queue(_ response: HTTPResponse, adding additions: [String: String]) -> MHD_Result {
        let response = response.complete(with: additions)
        // The body is handed out in blocks: concurrent scrapes of a page share what it is made from, and each costs one
        // block, where MHD_RESPMEM_MUST_COPY would hold a copy of the page for as long as its client takes to read it.
        // MHD_create_response_from_buffer_with_free_callback_cls would want a pointer into the array that outlives the
        // call, which Swift does not grant.
        let body = unsafe Unmanaged.passRetained(ResponseBody(response.body))
        let block = min(max(1, response.body.count), 65536)
        let isUnchanged = response.status == 304
        let length = isUnchanged ? cmicrohttpd_length_of_none : UInt64(response.body.count)
        let made = unsafe MHD_create_response_from_callback(
            length, block, readResponseBody, body.toOpaque(), releaseResponseBody)
        guard let made = unsafe made else {
            unsafe body.release()
            return .NO
        }
        // The connection holds a reference of its own once the response is queued.
        defer { unsafe MHD_destroy_response(made) }
        if isUnchanged { guard unsafe cmicrohttpd_leave_length_out(made) == .YES else { return .NO } }
        for (name, value) in response.headers {
            // Refuses a line break in a value, so that none can split the response.
            guard unsafe MHD_add_response_header(made, name, value) == .YES else { return .NO }
        }
        return unsafe MHD_queue_response(connection, UInt32(clamping: response.status), made)
    }

    /// Sends the response past libmicrohttpd, whose memory may have no room left for its headers.
    ///
    /// `.NO`, which makes libmicrohttpd close the connection. A socket that takes no more loses the response.
    func hangUp(saying response: HTTPResponse, adding additions: [String: String]) -> MHD_Result {
        let response = response.complete(with: additions).closingConnection()
        let reason = unsafe String(cString: MHD_get_reason_phrase_for(UInt32(clamping: response.status)))
        let headers = response.headers + [("Content-Length", "\(response.body.count)")]
        let head = ["HTTP/1.1 \(response.status) \(reason)"] + headers.map { "\($0.name): \($0.value)" } + ["", ""]
        let bytes = Array(head.joined(separator: "\r\n").utf8) + response.body.bytes
        if let session = unsafe cmicrohttpd_session(connection) {
            unsafe TLSServerCredentials.send(bytes, over: session)
        } else {
            unsafe bytes.withUnsafeBytes { bytes in
                _ = unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
        }
        return .NO
    }

    private func values(_ kind: MHD_ValueKind) -> [(name: String, value: String)] {
        var values: [(name: String, value: String)] = []
        unsafe withUnsafeMutablePointer(to: &values) { values in
            _ = unsafe MHD_get_connection_values_n(connection, kind, appendValue, values)
        }
        return values
    }
}

private func appendValue(
    values: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?, nameLength: Int,
    value: UnsafePointer<CChar>?, valueLength: Int
) -> MHD_Result {
    unsafe values?.assumingMemoryBound(to: [(name: String, value: String)].self).pointee.append(
        (
            name: String(decoding: UnsafeRawBufferPointer(start: name, count: nameLength), as: UTF8.self),
            // NULL for a cookie without `=`.
            value: String(
                decoding: UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueLength), as: UTF8.self)
        ))
    return .YES
}
